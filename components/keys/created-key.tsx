"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { modelsQuery } from "@/lib/gateway/client";
import { type SnippetKind, snippet, snippetKinds, snippetNames } from "./snippets";

/** The key, this once, and a first call with it. */
export function CreatedKey({ secret }: { secret: string }) {
  const [kind, setKind] = useState<SnippetKind>("curl");
  const models = useQuery(modelsQuery());
  const model = models.data?.find((entry) => entry.task === "chat")?.id ?? "pebble-2m";
  const code = snippet(kind, { baseUrl: `${window.location.origin}/v1`, key: secret, model });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Note tone="warn">Copy it now. Only its fingerprint is kept, so it cannot be shown again.</Note>
      <div className="flex items-end gap-2">
        <Field label="Key" className="min-w-0 flex-1">
          <Input mono readOnly value={secret} onFocus={(event) => event.target.select()} />
        </Field>
        <CopyButton text={secret} label="Copy key" variant="primary" />
      </div>
      <div className="flex items-center gap-2 pt-1">
        <h3 className="flex-1">Try it</h3>
        <Segment
          label="Language"
          value={kind}
          onChange={setKind}
          options={snippetKinds.map((value) => ({ value, label: snippetNames[value] }))}
        />
      </div>
      <CodeBlock code={code} label={snippetNames[kind]} />
    </div>
  );
}
