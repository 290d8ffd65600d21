"use client";
import { useState } from "react";
import { AnswerFormatEditor } from "@/components/playground/answer-format-editor";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AnswerFormat } from "@/lib/playground";
import type { PromptContent } from "@/lib/prompts";
import { formatOf, responseFormatOf } from "./answer-format";

interface AnswerFormatFieldProps {
  content: PromptContent;
  onChange: (content: PromptContent) => void;
}

/** What shape answers are to have. A schema enters the draft once it can be read; until then the last one stays. */
export function AnswerFormatField({ content, onChange }: AnswerFormatFieldProps) {
  const { responseFormat } = content;
  const [typed, setTyped] = useState<AnswerFormat>();
  const format = typed ?? formatOf(responseFormat);
  const schema = responseFormat?.type === "json_schema" ? responseFormat.json_schema : undefined;
  const change = (next: AnswerFormat) => {
    setTyped(next);
    const read = responseFormatOf(next, responseFormat);
    if (read !== undefined) onChange({ ...content, responseFormat: read });
  };
  return (
    <div className="grid gap-2.5">
      <AnswerFormatEditor value={format} onChange={change} />
      {responseFormatOf(format, responseFormat) === undefined && (
        <p role="status" className="text-small text-warn">
          Not in the draft yet: the format that was there before stays until this one can be read.
        </p>
      )}
      {format.type === "json_schema" && schema && (
        <Field label="Name of the schema" hint="Some providers show it to the model.">
          <Input
            mono
            value={schema.name}
            onChange={({ target }) =>
              onChange({
                ...content,
                responseFormat: { type: "json_schema", json_schema: { ...schema, name: target.value } },
              })
            }
          />
        </Field>
      )}
    </div>
  );
}
