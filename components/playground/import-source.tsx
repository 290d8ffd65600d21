"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropZone } from "@/components/ui/drop-zone";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface ImportSourceProps {
  busy: boolean;
  onText: (text: string, source: string) => void;
  onFile: (file: File) => void;
}

/** Where conversations come from: a file, dropped or chosen, or pasted text. */
export function ImportSource({ busy, onText, onFile }: ImportSourceProps) {
  const [pasted, setPasted] = useState("");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <DropZone
        label="File of conversations"
        accept=".json,.jsonl,.ndjson,application/json"
        busy={busy}
        onFiles={([file]) => onFile(file)}
        className="py-6"
      >
        conversations.json of a ChatGPT export, OpenAI messages as JSON or JSON lines, or an export from here.
        It is read in this browser.
      </DropZone>
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
