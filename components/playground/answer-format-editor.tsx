"use client";
import { useDeferredValue, useId, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Segment } from "@/components/ui/segment";
import type { AnswerFormat } from "@/lib/playground";
import { CodeField } from "./code-field";
import { useAnswerCheck } from "./use-answer-check";

// As in the document.
const mostSchema = 100_000;
const mostPattern = 10_000;

const options = [
  { value: "text", label: "Text" },
  { value: "json_object", label: "JSON" },
  { value: "json_schema", label: "Schema" },
  { value: "regex", label: "Pattern" },
] as const;

const example = JSON.stringify(
  {
    type: "object",
    properties: {
      summary: { type: "string", description: "One sentence." },
      sentiment: { type: "string", enum: ["positive", "neutral", "negative"] },
      score: { type: "integer", minimum: 1, maximum: 5 },
    },
    required: ["summary", "sentiment", "score"],
    additionalProperties: false,
  },
  null,
  2,
);

const remarks = {
  text: "Whatever the model writes.",
  json_object: "An object in JSON, of any shape. Ask for JSON in the prompt as well.",
  json_schema: "JSON that this schema allows.",
  regex: "The whole answer matches this regular expression.",
} as const satisfies Record<AnswerFormat["type"], string>;

interface AnswerFormatEditorProps {
  value: AnswerFormat;
  onChange: (value: AnswerFormat) => void;
}

/** What shape answers are to have: the kind, and its schema or pattern with what is wrong in it. */
export function AnswerFormatEditor({ value, onChange }: AnswerFormatEditorProps) {
  const noteId = useId();
  const checking = useAnswerCheck(value.type === "json_schema" || value.type === "regex");
  const typed = useDeferredValue(value);
  const { problem, hint } = useMemo(
    () => ({ problem: checking?.checkFormat(typed) ?? null, hint: checking?.formatHint(typed) ?? null }),
    [checking, typed],
  );
  const isSchema = value.type === "json_schema";
  return (
    <div className="grid gap-2">
      <Segment
        label="Answer format"
        stretch
        value={value.type}
        onChange={(type) => onChange({ ...value, type })}
        options={options}
      />
      {isSchema && (
        <CodeField
          label="JSON Schema"
          value={value.schema}
          onChange={(schema) => onChange({ ...value, schema })}
          describedBy={noteId}
          broken={problem !== null && value.schema !== ""}
          maxLength={mostSchema}
          placeholder={'{ "type": "object" }'}
        />
      )}
      {value.type === "regex" && (
        <CodeField
          label="Pattern"
          value={value.pattern}
          onChange={(pattern) => onChange({ ...value, pattern })}
          describedBy={noteId}
          broken={problem !== null && value.pattern !== ""}
          maxLength={mostPattern}
          placeholder="(yes|no)"
          lines={2}
        />
      )}
      <div id={noteId} role="status" className="text-small text-fg-subtle">
        {problem ? (
          <p className="flex items-start gap-1.5 break-words text-danger">
            <Icon name="warning" size={14} className="mt-0.5" />
            <span className="min-w-0">{problem}</span>
          </p>
        ) : (
          <p>{hint ?? remarks[value.type]}</p>
        )}
      </div>
      {isSchema && value.schema.trim() === "" && (
        <Button
          size="sm"
          className="justify-self-start"
          onClick={() => onChange({ ...value, schema: example })}
        >
          Insert an example
        </Button>
      )}
    </div>
  );
}
