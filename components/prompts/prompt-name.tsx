import { cx } from "@/components/ui/cx";
import { Marked } from "@/components/ui/marked";

interface PromptNameProps {
  fullName: string;
  /** What was searched for, marked in it. */
  query?: string | undefined;
  className?: string;
}

/** Ancestors subtle, leaf strong. */
export function PromptName({ fullName, query = "", className }: PromptNameProps) {
  const leaf = fullName.slice(fullName.lastIndexOf(".") + 1);
  return (
    <span className={cx("font-mono text-small text-fg-subtle", className)}>
      {fullName.slice(0, fullName.length - leaf.length)}
      <b className="text-fg">
        <Marked text={leaf} query={query} />
      </b>
    </span>
  );
}
