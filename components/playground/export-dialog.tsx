"use client";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Segment } from "@/components/ui/segment";
import { byteCount } from "@/lib/core";
import type { PlaygroundDocument } from "@/lib/playground";
import { type ExportFile, type ExportFormat, loadExport } from "@/lib/playground/client";
import { download } from "./download";

const options = [
  { value: "markdown", label: "Markdown" },
  { value: "json", label: "JSON" },
  { value: "csv", label: "CSV" },
] as const;

const remarks = {
  markdown: "To be read: columns, turns of every branch, answers with their figures.",
  json: "The document itself. A playground can read it in again.",
  csv: "One line for each answer. What a spreadsheet would run as a formula begins with an apostrophe.",
} as const satisfies Record<ExportFormat, string>;

const previewLines = 14;

function preview(text: string): string {
  const lines = text
    .replace(/^\uFEFF/, "")
    .slice(0, 20_000)
    .split("\n");
  const shown = lines
    .slice(0, previewLines)
    .map((line) => (line.length > 200 ? `${line.slice(0, 199)}…` : line));
  return lines.length > previewLines ? [...shown, "…"].join("\n") : shown.join("\n");
}

interface ExportDialogProps {
  title: string;
  document: PlaygroundDocument;
  onClose: () => void;
}

/** A comparison as a file, to be downloaded or copied. */
export function ExportDialog({ title, document, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>("markdown");
  const [made, setMade] = useState<ExportFile | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again.
  useEffect(() => {
    let left = false;
    loadExport().then(
      ({ exportFile }) => {
        if (!left) setMade(exportFile(format, title, document, new Date()));
      },
      (reason: unknown) => {
        if (!left) setError(reason);
      },
    );
    return () => {
      left = true;
    };
  }, [format, title, document, attempt]);
  const file = made?.format === format ? made : null;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export this comparison"
      size="lg"
      footer={
        file && (
          <>
            <span className="min-w-0 truncate font-mono text-small text-fg-subtle">
              {file.name}, {byteCount(new Blob([file.text]).size)}
            </span>
            <span className="ml-auto flex gap-2">
              <CopyButton text={file.text} />
              <Button
                variant="primary"
                icon="download"
                onClick={() => download(file.name, file.type, file.text)}
              >
                Download
              </Button>
            </span>
          </>
        )
      }
    >
      <div className="grid gap-3">
        <Segment label="Format" stretch value={format} onChange={setFormat} options={options} />
        <p className="text-small text-fg-muted">{remarks[format]}</p>
        {error ? (
          <ErrorState
            error={error}
            onRetry={() => {
              setError(null);
              setAttempt((before) => before + 1);
            }}
          />
        ) : (
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            tabIndex={0}
            aria-label="The first lines"
            className="h-80 overflow-auto rounded-2 border bg-sunken in-data-dialog:bg-hover"
          >
            <pre className="px-3 py-2.5 text-small leading-5">{file && preview(file.text)}</pre>
          </section>
        )}
      </div>
    </Dialog>
  );
}
