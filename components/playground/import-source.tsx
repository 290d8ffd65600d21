"use client";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface ImportSourceProps {
  busy: boolean;
  onText: (text: string, source: string) => void;
  onFile: (file: File) => void;
}

/** Where conversations come from: a file, dropped or chosen, or pasted text. */
export function ImportSource({ busy, onText, onFile }: ImportSourceProps) {
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse; the field in it does the same. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          "grid justify-items-center gap-1.5 rounded-2 border border-dashed border-line-strong px-4 py-6 text-center",
          over && "bg-accent-bg",
        )}
      >
        <p className="flex items-center gap-2">
          <b>Drop a file, or</b>
          <Button size="sm" icon="document" busy={busy} onClick={() => input.current?.click()}>
            Choose one
          </Button>
        </p>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File of conversations"
          accept=".json,.jsonl,.ndjson,application/json"
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again after it was changed.
            event.target.value = "";
            if (file) onFile(file);
          }}
        />
        <p className="text-small text-fg-muted">
          conversations.json of a ChatGPT export, OpenAI messages as JSON or JSON lines, or an export from
          here. It is read in this browser.
        </p>
      </div>
      <Field label="Or paste it">
        <Textarea
          mono
          value={pasted}
          placeholder='[{ "role": "user", "content": "…" }]'
          onChange={(event) => setPasted(event.target.value)}
          className="max-h-60 min-h-24"
        />
      </Field>
      <Button
        className="justify-self-start"
        busy={busy}
        onClick={() => onText(pasted, "the pasted text")}
        disabledReason={pasted.trim() === "" ? "Nothing was pasted" : undefined}
      >
        Read the text
      </Button>
    </div>
  );
}
