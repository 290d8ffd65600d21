import { cx } from "@/components/ui/cx";
import type { ObjectRef } from "@/lib/catalog";
import { nameParts } from "./paths";

interface FullNameProps {
  object: Pick<ObjectRef, "kind" | "fullName">;
  className?: string;
}

/** Ancestors subtle, leaf strong. */
export function FullName({ object, className }: FullNameProps) {
  const parts = nameParts(object);
  const leaf = parts.at(-1) ?? object.fullName;
  const above = parts.slice(0, -1).map((part) => `${part}.`);
  return (
    <span className={cx("min-w-0 truncate font-mono text-small text-fg-subtle", className)}>
      {above.join("")}
      <b className="text-fg">{leaf}</b>
    </span>
  );
}
