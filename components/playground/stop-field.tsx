"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useParameter } from "./parameter-value";
import type { Session } from "./session";

const most = 4;
const longest = 256;

const typed = (text: string) => text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
const shown = (text: string) => text.replaceAll("\n", "\\n").replaceAll("\t", "\\t");

interface StopFieldProps {
  session: Session;
  segment: string;
}

/** Up to four texts at which an answer ends; `\n` stands for a line's end. */
export function StopField({ session, segment }: StopFieldProps) {
  const { value = [], set } = useParameter(session, segment, "stop");
  const [text, setText] = useState("");
  const add = () => {
    const next = typed(text);
    if (next !== "" && !value.includes(next)) set([...value, next].slice(0, most));
    setText("");
  };
  const remove = (entry: string) => {
    const rest = value.filter((other) => other !== entry);
    set(rest.length > 0 ? rest : undefined);
  };
  return (
    <div className="grid content-start gap-1.5">
      <Field label="Stop">
        <Input
          mono
          className="placeholder:font-sans"
          maxLength={longest}
          placeholder={value.length === 0 ? "none" : value.length < most ? "one more" : "four at most"}
          disabled={value.length >= most}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) add();
          }}
        />
      </Field>
      {value.map((entry) => (
        <span
          key={entry}
          className="flex h-5.5 min-w-0 items-center rounded-1 pl-1.5 font-mono text-small inset-ring inset-ring-line-strong"
        >
          <span className="min-w-0 flex-1 truncate whitespace-pre">{shown(entry)}</span>
          <IconButton
            icon="close"
            size="sm"
            label={`Remove the stop ${shown(entry)}`}
            onClick={() => remove(entry)}
            className="size-5!"
          />
        </span>
      ))}
    </div>
  );
}
