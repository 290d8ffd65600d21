import type { ReactNode } from "react";
import type { PlaygroundDocument } from "@/lib/playground";
import { SharedSource } from "./prompts/shared-source";
import { SharedAttachments } from "./shared-attachments";

/** The prompt of a shared comparison: system, messages, values of its variables, parameters for all. */
export function SharedPrompt({ document }: { document: PlaygroundDocument }) {
  const { system, messages, values, parameters, prompt } = document;
  const sent = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return (
    <section aria-label="Prompt" className="grid flex-none gap-2 border-t px-4 py-3">
      {prompt && <SharedSource prompt={prompt} />}
      {system !== "" && !prompt && <Line name="system">{system}</Line>}
      {messages
        .filter(({ text, attachments = [] }) => text !== "" || attachments.length > 0)
        .map(({ id, role, text, attachments }) => (
          <Line key={id} name={role}>
            {text}
            {attachments && <SharedAttachments attachments={attachments} />}
          </Line>
        ))}
      <Facts label="Values" facts={Object.entries(values)} />
      <Facts label="Parameters" facts={sent.map(([name, value]) => [name, String(value)])} />
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[64px_minmax(0,1fr)] gap-1 max-sm:grid-cols-[minmax(0,1fr)]">
      <span className="text-micro leading-5 text-fg-subtle">{name}</span>
      <div className="break-words whitespace-pre-wrap">{children}</div>
    </div>
  );
}

function Facts({ label, facts }: { label: string; facts: readonly (readonly [string, string])[] }) {
  if (facts.length === 0) return null;
  return (
    <div className="grid grid-cols-[64px_minmax(0,1fr)] gap-1 max-sm:grid-cols-[minmax(0,1fr)]">
      <span className="text-micro leading-5 text-fg-subtle">{label}</span>
      <dl aria-label={label} className="flex flex-wrap gap-x-4 gap-y-1">
        {facts.map(([name, value]) => (
          <div key={name} className="flex max-w-full min-w-0 gap-1.5">
            <dt className="font-mono text-small text-fg-muted">{name}</dt>
            <dd className="min-w-0 break-words whitespace-pre-wrap">{value === "" ? "empty" : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
