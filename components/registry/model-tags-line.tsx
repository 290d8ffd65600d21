import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { ModelTags } from "@/lib/registry";

interface ModelTagsLineProps {
  tags: ModelTags;
  /** Each leads to all models that have it. */
  linked?: boolean;
}

/** Tags as quiet badges; a value that is empty leaves the key alone. */
export function ModelTagsLine({ tags, linked }: ModelTagsLineProps) {
  const entries = Object.entries(tags);
  if (entries.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1.5">
      {entries.map(([key, value]) => {
        const badge = (
          <Badge key={key} icon="tag">
            {value ? `${key}: ${value}` : key}
          </Badge>
        );
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
