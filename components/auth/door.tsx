import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";

interface DoorProps {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  children: ReactNode;
}

/** The frame of the pages in front of the workbench: mark, question, panel. */
export function Door({ title, lead, children }: DoorProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-98 flex-col px-4 pt-[max(48px,16vh)] pb-8">
      <div className="flex items-center gap-2.25 font-strong tracking-[-.01em]">
        <Mark />
        Tessera
      </div>
      <h1 className="mt-8 text-[1.25rem] leading-7">{title}</h1>
      {lead && <p className="mt-0.5 text-fg-muted">{lead}</p>}
      <div className="mt-5">{children}</div>
    </main>
  );
}
