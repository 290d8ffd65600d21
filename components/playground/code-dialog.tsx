"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { EngineKind } from "@/lib/inference";
import { type CodeLanguage, type CodeRequest, codeFor } from "@/lib/playground/client";

const languages = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "typescript", label: "TypeScript" },
] as const;

const needs = {
  curl: "For bash, zsh and other POSIX shells.",
  python: "Needs the package openai: pip install openai",
  typescript: "Needs the package openai: npm install openai",
} as const satisfies Record<CodeLanguage, string>;

// An image in a message is a line of a megabyte, which no one reads.
const mostShown = 40_000;

interface CodeDialogProps {
  columns: { letter: string; model: string; engine: EngineKind; request: CodeRequest }[];
  onClose: () => void;
}

/** The call of a column as code to be pasted elsewhere. */
export function CodeDialog({ columns, onClose }: CodeDialogProps) {
  const [language, setLanguage] = useState<CodeLanguage>("curl");
  const [letter, setLetter] = useState(columns[0]?.letter ?? "");
  const column = columns.find((other) => other.letter === letter) ?? columns[0];
  if (!column) return null;
  const code = codeFor(column.request, language, window.location.origin);
  const cut = code.length > mostShown;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Code for this call"
      subtitle={column.model}
      size="lg"
      footer={
        <>
          <span className="min-w-0 text-small text-fg-muted">{needs[language]}</span>
          <span className="ml-auto flex gap-2">
            <Button onClick={onClose}>Close</Button>
            <CopyButton text={code} label="Copy code" variant="primary" />
          </span>
        </>
      }
    >
      <div className="grid gap-3">
        {columns.length > 1 && (
          <Segment
            label="Column"
            value={column.letter}
            onChange={setLetter}
            options={columns.map((other) => ({ value: other.letter, label: other.letter }))}
            className="justify-self-start"
          />
        )}
        <p className="text-small text-fg-muted">
          Put a key into the environment as <code>TESSERA_API_KEY</code>.{" "}
          <Link href="/keys" className="text-accent underline">
            Make a key
          </Link>
        </p>
        {column.engine === "browser" && (
          <Note>
            Column {column.letter} runs in this browser. The code asks the server for its copy of{" "}
            {column.model}, so that figures differ.
          </Note>
        )}
        <Tabs
          value={language}
          onChange={(value) => setLanguage(languages.find((other) => other.value === value)?.value ?? "curl")}
          tabs={languages}
          label="Language"
        >
          {languages.map(({ value }) => (
            <TabPanel key={value} value={value} className="pt-2.5">
              <pre
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
                tabIndex={0}
                className="h-96 overflow-auto rounded-2 border bg-sunken px-3 py-2.5 text-small leading-5"
              >
                <code>{cut ? `${code.slice(0, mostShown)}…` : code}</code>
              </pre>
              {cut && <p className="mt-1.5 text-small text-fg-subtle">The rest is copied, not shown.</p>}
            </TabPanel>
          ))}
        </Tabs>
      </div>
    </Dialog>
  );
}
