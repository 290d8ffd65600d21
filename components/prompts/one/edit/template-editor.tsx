"use client";
import { useMemo } from "react";
import type { LintFinding, PromptContent } from "@/lib/prompts";
import { textsOf } from "@/lib/prompts";
import { EditSection } from "./edit-section";
import { MessageList } from "./message-list";
import { TemplateField } from "./template-field";
import { placeAttribute } from "./text-place";

interface TemplateEditorProps {
  content: PromptContent;
  onChange: (content: PromptContent) => void;
  findings: readonly LintFinding[];
}

/** The texts of a prompt: one, or messages and places for messages. */
export function TemplateEditor({ content, onChange, findings }: TemplateEditorProps) {
  const declared = useMemo(() => new Set(content.variables.map(({ name }) => name)), [content.variables]);
  const size = textsOf(content).reduce((sum, text) => sum + text.length, 0);
  return (
    <EditSection
      title={content.type === "text" ? "Text" : "Messages"}
      facts={`${size.toLocaleString("en-US")} characters`}
    >
      {content.type === "text" ? (
        <TemplateField
          aria-label="Text of the prompt"
          {...placeAttribute(null)}
          value={content.text}
          declared={declared}
          placeholder="What is asked. {{name}} makes a variable, {{> catalog.schema.name@production}} includes a prompt."
          onChange={({ target }) => onChange({ ...content, text: target.value })}
        />
      ) : (
        <MessageList
          messages={content.messages}
          declared={declared}
          findings={findings}
          onChange={(messages) => onChange({ ...content, messages })}
        />
      )}
    </EditSection>
  );
}
