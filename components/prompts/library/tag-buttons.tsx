"use client";
import { TagBadge } from "@/components/ui/tag-badge";

interface TagButtonsProps {
  tags: Readonly<Record<string, string>>;
  /** As the filter writes it: `key` or `key:value`. */
  onChoose: (tag: string) => void;
}

const shown = 1;

/** Tags of one prompt; each leads to those that carry it too. */
export function TagButtons({ tags, onChoose }: TagButtonsProps) {
  const entries = Object.entries(tags);
  return (
    <span className="flex items-center gap-1.5">
      {entries.slice(0, shown).map(([name, value]) => (
        <button
          key={name}
          type="button"
          title={`Prompts with ${tagText(name, value)}`}
          onClick={() => onChoose(tagText(name, value))}
          className="inline-flex max-w-40 overflow-hidden"
        >
          <TagBadge name={name} value={value} />
        </button>
      ))}
      {entries.length > shown && (
        <span
          className="text-small text-fg-subtle"
          title={entries
            .slice(shown)
            .map(([name, value]) => tagText(name, value))
            .join(", ")}
        >
          +{entries.length - shown}
        </span>
      )}
    </span>
  );
}

const tagText = (name: string, value: string) => (value ? `${name}:${value}` : name);
