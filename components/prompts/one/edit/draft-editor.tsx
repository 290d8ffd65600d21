"use client";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { lint, type PromptDetail } from "@/lib/prompts";
import { AnswerFormatField } from "./answer-format-field";
import { ConfigurationFields } from "./configuration-fields";
import { DraftBar } from "./draft-bar";
import type { DraftDialog } from "./draft-dialog";
import { DraftDialogs } from "./draft-dialogs";
import { DraftProblem } from "./draft-problem";
import { EditSection } from "./edit-section";
import { LintPanel } from "./lint-panel";
import { PreviewPanel } from "./preview-panel";
import { TemplateEditor } from "./template-editor";
import { type DraftStart, useDraftSession } from "./use-draft-session";
import { VariablesEditor } from "./variables-editor";

interface DraftEditorProps {
  prompt: PromptDetail;
  start: DraftStart;
  onSaved: (version: number) => void;
  /** Reads what is kept and begins again with it. */
  onRestart: () => Promise<void>;
}

/** Texts, variables and configuration at the left; at the right what they make and what may be wrong in them. */
export function DraftEditor({ prompt, start, onSaved, onRestart }: DraftEditorProps) {
  const session = useDraftSession(prompt.fullName, start);
  const state = useStore(session.store);
  const [dialog, setDialog] = useState<DraftDialog>();
  const { content } = state;
  const findings = useMemo(() => lint(content), [content]);
  const shared = { content, onChange: session.change };
  return (
    <div className="grid min-h-full md:h-full md:grid-cols-[minmax(0,1fr)_minmax(280px,380px)] md:grid-rows-[auto_minmax(0,1fr)]">
      <DraftBar prompt={prompt} state={state} open={setDialog} className="md:col-span-2" />
      <div className="min-w-0 md:overflow-y-auto">
        <DraftProblem state={state} session={session} open={setDialog} />
        <TemplateEditor {...shared} findings={findings} />
        <EditSection title="Variables">
          <VariablesEditor {...shared} />
        </EditSection>
        <EditSection title="Model and parameters">
          <ConfigurationFields {...shared} />
        </EditSection>
        <EditSection title="Answer format">
          <AnswerFormatField {...shared} />
        </EditSection>
      </div>
      <aside
        aria-label="Preview and findings"
        className="min-w-0 border-t bg-canvas md:overflow-y-auto md:border-t-0 md:border-l"
      >
        <LintPanel findings={findings} />
        <PreviewPanel prompt={prompt} content={content} baseNumber={state.baseNumber} />
      </aside>
      <DraftDialogs
        prompt={prompt}
        session={session}
        state={state}
        dialog={dialog}
        open={setDialog}
        onSaved={onSaved}
        onRestart={onRestart}
      />
    </div>
  );
}
