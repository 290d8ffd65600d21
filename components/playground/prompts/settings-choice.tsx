"use client";
import { useStore } from "zustand";
import { Checkbox } from "@/components/ui/checkbox";
import { type PromptTarget, settingsHere } from "@/lib/playground/client";
import type { Session } from "../session";

interface SettingsChoiceProps {
  session: Session;
  target: PromptTarget;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Whether parameters and format that are set on this page become the version's own; nothing where there are none. */
export function SettingsChoice({ session, target, checked, onChange }: SettingsChoiceProps) {
  const state = useStore(session.workspace.store);
  const { parameters, responseFormat } = settingsHere(state, target);
  const words = [
    ...Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`),
    ...(responseFormat ? [`answers as ${responseFormat.type}`] : []),
  ];
  if (words.length === 0) return null;
  return (
    <Checkbox checked={checked} onChange={onChange} detail={words.join(", ")}>
      With what is set on this page
    </Checkbox>
  );
}
