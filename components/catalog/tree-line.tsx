import type { ReactNode } from "react";

/** A remark where rows of the tree would stand. */
export function TreeLine({ level, children }: { level: number; children: ReactNode }) {
  return (
    <div role="none" className="py-1 text-small text-fg-subtle" style={{ paddingLeft: 24 + level * 15 }}>
      {children}
    </div>
  );
}
