"use client";
import { cx } from "@/components/ui/cx";
import type { DiffSection } from "@/lib/prompts";
import { DiffRows } from "./diff-rows";

interface DiffSectionsProps {
  sections: readonly DiffSection[];
  isSplit: boolean;
}

/** The texts of both sides, message by message. */
export function DiffSections({ sections, isSplit }: DiffSectionsProps) {
  const isChat = sections.some(({ before, after }) => (before ?? after)?.message !== null);
  return (
    <div className={cx("border-b", !isSplit && "pb-3")}>
      {sections.map((section, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no other name than their place.
          key={index}
        >
          {index > 0 && (isSplit ? <Gap /> : <div className="h-3" />)}
          {isChat && <Heads section={section} isSplit={isSplit} />}
          <DiffRows rows={section.rows} isSplit={isSplit} />
        </div>
      ))}
      {isSplit && <Gap />}
    </div>
  );
}

/** Room between messages that does not break the line between the sides. */
const Gap = () => (
  <div aria-hidden="true" className="grid h-3 grid-cols-2">
    <span className="border-r" />
  </div>
);

type Head = DiffSection["before"];

const words = (head: Head) => (head?.placeholder ? `messages of ${head.placeholder}` : (head?.role ?? ""));

function Heads({ section: { before, after }, isSplit }: { section: DiffSection; isSplit: boolean }) {
  const isSame = words(before) === words(after);
  const head = "flex min-h-6 items-center pl-9.5 text-micro text-fg-subtle";
  if (isSplit) {
    return (
      <div className="grid grid-cols-2">
        <span className={cx(head, "border-r")}>{isSame ? words(before) : <Gone head={before} />}</span>
        <span className={head}>{isSame ? words(after) : <Come head={after} />}</span>
      </div>
    );
  }
  return (
    <div className={cx(head, "gap-2 pl-19")}>
      {isSame ? (
        words(after)
      ) : (
        <>
          <Gone head={before} /> <Come head={after} />
        </>
      )}
    </div>
  );
}

const Gone = ({ head }: { head: Head }) => head && <del>{words(head)}</del>;
const Come = ({ head }: { head: Head }) => head && <ins>{words(head)}</ins>;
