"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { useStore } from "zustand";
import { NameFields } from "@/components/prompts/library/name-fields";
import { promptPath } from "@/components/prompts/paths";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { refreshCatalog } from "@/lib/catalog/client";
import {
  contentToSave,
  type PromptTarget,
  promptAt,
  setLoadedPrompt,
  withContent,
} from "@/lib/playground/client";
import { commitMessage, promptName } from "@/lib/prompts";
import { createPrompt, refreshPrompts } from "@/lib/prompts/client";
import type { Session } from "../session";
import { SettingsChoice } from "./settings-choice";

interface SavePromptDialogProps {
  session: Session;
  target: PromptTarget;
  onClose: () => void;
}

const form = z.object({
  schema: z.string().min(3, "Choose a schema."),
  name: promptName,
  message: commitMessage,
});

/** What is asked here becomes a prompt of the library, which then stands in its place. */
export function SavePromptDialog({ session, target, onClose }: SavePromptDialogProps) {
  const { workspace } = session;
  const client = useQueryClient();
  const state = useStore(workspace.store);
  const [withSettings, setWithSettings] = useState(true);
  const loaded = promptAt(state, target);
  const files = loaded
    ? 0
    : state.messages.reduce((sum, { attachments = [] }) => sum + attachments.length, 0);
  const fields = useForm({
    schema: form,
    initial: {
      schema: loaded ? loaded.name.slice(0, loaded.name.lastIndexOf(".")) : "",
      name: "",
      message: "First version",
    },
    send: async ({ schema, name, message }) => {
      const content = contentToSave(state, target, withSettings);
      const { fullName } = await createPrompt({ schema, name, message, content });
      void refreshPrompts(client);
      void refreshCatalog(client);
      const source = { name: fullName, version: 1, alias: null, written: content };
      setLoadedPrompt(workspace, target, withContent(source, content));
      return fullName;
    },
    onDone: (fullName: string) => {
      toast({
        message: `${fullName} is made.`,
        action: { label: "Open", onAction: () => window.location.assign(promptPath(fullName)) },
      });
      onClose();
    },
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title="Save as new prompt"
      form={fields}
      verb="Make prompt"
      consequence="You own it, with this text as version 1."
      onClose={onClose}
    >
      <NameFields values={values} set={set} errorOf={errorOf} />
      <Field label="What this version says" hint="Stands in the history." error={errorOf("message")}>
        <Input
          value={values.message}
          maxLength={500}
          onChange={(event) => set("message", event.target.value)}
        />
      </Field>
      <SettingsChoice session={session} target={target} checked={withSettings} onChange={setWithSettings} />
      {files > 0 && <Note>Attached files stay here: a prompt holds text alone.</Note>}
    </FormDialog>
  );
}
