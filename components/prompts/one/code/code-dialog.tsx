"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { FullName } from "@/components/catalog/full-name";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RowsSkeleton } from "@/components/ui/rows-skeleton";
import { Segment } from "@/components/ui/segment";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { PromptDetail } from "@/lib/prompts";
import { fetchedPromptQuery } from "@/lib/prompts/client";
import { type CodeKind, type CodeRequest, codeFor, codeKinds } from "./prompt-code";

interface CodeDialogProps {
  prompt: PromptDetail;
  /** The version in sight. */
  version: number;
  onClose: () => void;
}

/** How applications fetch a prompt or call a model with it. */
export function CodeDialog({ prompt, version, onClose }: CodeDialogProps) {
  const { fullName, aliases } = prompt;
  const names = aliases.filter((one) => one.version === version).map(({ alias }) => alias);
  const choices = [...names, `v${version}`];
  const [chosen, setChosen] = useState(choices[0] ?? "");
  const [kind, setKind] = useState<CodeKind>("fetch");
  const fetched = useQuery(fetchedPromptQuery(fullName, { version }));
  const alias = names.find((name) => name === chosen);
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title="Code for this prompt"
      subtitle={<FullName object={{ kind: "prompt", fullName }} />}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">
            {alias
              ? `Whoever moves ${alias} changes what this gets; copies are fresh for 60 s.`
              : "A version never changes, so that a copy may be kept for ever."}
          </span>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {choices.length > 1 && (
          <Segment
            label="Fetch by"
            value={chosen}
            onChange={setChosen}
            options={choices.map((choice) => ({ value: choice, label: choice }))}
            className="justify-self-start"
          />
        )}
        <p className="text-small text-fg-muted">
          Put a key into the environment as <code>TESSERA_API_KEY</code>. It needs EXECUTE on the prompt.{" "}
          <Link href="/keys" className="text-accent underline">
            Make a key
          </Link>
        </p>
        {fetched.isPending ? (
          <RowsSkeleton rows={4} />
        ) : fetched.isError ? (
          <ErrorState
            title="The prompt could not be resolved"
            error={fetched.error}
            onRetry={() => void fetched.refetch()}
          />
        ) : (
          <Snippets
            kind={kind}
            onKind={setKind}
            request={{
              origin: window.location.origin,
              fullName,
              ...(alias ? { alias } : { version }),
              model: fetched.data.content.model,
              variables: fetched.data.variables,
              placeholders: fetched.data.placeholders,
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

interface SnippetsProps {
  kind: CodeKind;
  onKind: (kind: CodeKind) => void;
  request: CodeRequest;
}

function Snippets({ kind, onKind, request }: SnippetsProps) {
  return (
    <Tabs
      value={kind}
      onChange={(value) => onKind(codeKinds.find((one) => one.value === value)?.value ?? "fetch")}
      tabs={codeKinds}
      label="Kind of code"
    >
      {codeKinds.map(({ value, label, remark }) => (
        <TabPanel key={value} value={value} className="grid gap-1.5 pt-2.5">
          <CodeBlock code={codeFor(value, request)} label={label} className="max-h-96 overflow-y-auto" />
          <p className="text-small text-fg-subtle">{remark}</p>
        </TabPanel>
      ))}
    </Tabs>
  );
}
