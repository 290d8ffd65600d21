"use client";
import dynamic from "next/dynamic";
import { useStore } from "zustand";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { bounds } from "@/lib/playground";
import { setAsking, setFormat } from "@/lib/playground/client";
import type { Session } from "./session";

const AnswerFormatEditor = dynamic(
  () => import("./answer-format-editor").then((module) => module.AnswerFormatEditor),
  {
    ssr: false,
    // The place of a choice and a line, so that nothing below moves when it comes.
    loading: () => (
      <div className="grid gap-2 text-small">
        <div className="h-(--h-control)" />
        <p>&nbsp;</p>
      </div>
    ),
  },
);

const repeats = Array.from({ length: bounds.repeats }, (_, i) => ({
  value: String(i + 1),
  label: i === 0 ? "1 answer" : `${i + 1} answers`,
}));

const probabilities = [
  { value: "off", label: "Not asked for" },
  { value: "0", label: "Of the token alone" },
  { value: "3", label: "With 3 alternatives" },
  { value: "5", label: "With 5 alternatives" },
  { value: "10", label: "With 10 alternatives" },
];

/** What is asked of an answer beside its sampling. */
export function Asking({ session }: { session: Session }) {
  const { workspace } = session;
  const { format, repeats: times, logprobs, task } = useStore(workspace.store);
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <span className="text-small text-fg-muted">Answer format</span>
        <AnswerFormatEditor value={format} onChange={(next) => setFormat(workspace, next)} />
      </div>
      <Field label="Repeat" hint={times > 1 ? "With a seed, each answer takes the next one." : undefined}>
        <Select
          value={String(times)}
          options={repeats}
          onChange={(value) => setAsking(workspace, { repeats: Number(value) })}
        />
      </Field>
      <Field label="Probabilities of tokens">
        <Select
          value={logprobs === null ? "off" : String(logprobs)}
          options={probabilities}
          onChange={(value) => setAsking(workspace, { logprobs: value === "off" ? null : Number(value) })}
        />
      </Field>
      <Field label="Task" hint="Votes are counted under it.">
        <Input
          maxLength={60}
          placeholder="none"
          value={task}
          onChange={(event) => setAsking(workspace, { task: event.target.value })}
        />
      </Field>
    </>
  );
}
