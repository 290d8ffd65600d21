"use client";
import { Segment } from "@/components/ui/segment";
import { Select } from "@/components/ui/select";
import { questionsOf } from "@/lib/access";
import type { PrincipalRef } from "@/lib/catalog";
import { ObjectPicker } from "./object-picker";
import { PrincipalPicker } from "./principal-picker";
import type { ExplainView } from "./use-explain-view";

interface ExplainToolbarProps {
  view: ExplainView;
  principal: PrincipalRef | undefined;
}

/** The question as a sentence: can somebody do something on an object? */
export function ExplainToolbar({ view, principal }: ExplainToolbarProps) {
  const { object, kind, privilege, part, set } = view;
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2.5 border-b bg-canvas px-4 py-2.5">
      <span className="text-fg-muted">Can</span>
      <PrincipalPicker value={principal} onChange={({ handle }) => set({ principal: handle })} />
      {part === "one" && (
        <Select
          label="Privilege"
          className="w-auto! font-mono text-small"
          value={privilege}
          onChange={(next) => set({ privilege: next })}
          options={questionsOf(kind).map((each) => ({ value: each, label: each }))}
        />
      )}
      <span className="text-fg-muted">{part === "one" ? "on" : "do what on"}</span>
      <ObjectPicker
        value={object ? { fullName: object, kind } : undefined}
        onChange={(next) =>
          set({
            object: next.fullName,
            kind: next.kind,
            privilege: questionsOf(next.kind).includes(privilege) ? privilege : undefined,
          })
        }
      />
      <span className="text-fg-muted">?</span>
      <Segment
        className="ml-auto max-sm:ml-0"
        label="What is answered"
        value={part}
        onChange={(next) => set({ view: next === "one" ? undefined : next })}
        options={[
          { value: "one", label: "One answer" },
          { value: "all", label: "All privileges" },
          { value: "what-if", label: "What if" },
        ]}
      />
    </div>
  );
}
