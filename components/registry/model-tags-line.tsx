import Link from "next/link";
import { TagBadge } from "@/components/ui/tag-badge";
import type { ModelTags } from "@/lib/registry";

interface ModelTagsLineProps {
  tags: ModelTags;
  /** Each leads to all models that have it. */
  linked?: boolean;
}

/** The tags of a model in a line. */
export function ModelTagsLine({ tags, linked }: ModelTagsLineProps) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1.5">
      {entries.map(([key, value]) => {
        const badge = <TagBadge key={key} name={key} value={value} />;
        if (!linked) return badge;
        const tag = encodeURIComponent(value ? `${key}:${value}` : key);
        return (
          <Link key={key} href={`/registry?tag=${tag}`} title="All models with this tag">
            {badge}
          </Link>
        );
      })}
    </span>
  );
}
