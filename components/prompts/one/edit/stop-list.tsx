"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

interface StopListProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

const most = 4;
const longest = 256;
const typed = (text: string) => text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
const shown = (text: string) => text.replaceAll("\n", "\\n").replaceAll("\t", "\\t");

/** Up to four texts at which an answer ends; `\n` stands for a line's end. */
export function StopList({ value, onChange }: StopListProps) {
  const [text, setText] = useState("");
  const add = () => {
    const next = typed(text);
    if (next !== "" && !value.includes(next)) onChange([...value, next].slice(0, most));
    setText("");
  };
  return (
    <div className="grid gap-1.5">
      <Field label="Stop" hint="The answer ends before any of these. \n is a line's end; Enter adds one.">
        <Input
          mono
          className="placeholder:font-sans"
          maxLength={longest}
          placeholder={value.length === 0 ? "not sent" : value.length < most ? "one more" : "four at most"}
          disabled={value.length >= most}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            add();
          }}
        />
      </Field>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {value.map((entry) => (
            <li
              key={entry}
              className="flex h-5.5 min-w-0 items-center rounded-1 pl-1.5 font-mono text-small inset-ring inset-ring-line-strong"
            >
              <span className="min-w-0 truncate whitespace-pre">{shown(entry)}</span>
              <IconButton
                icon="close"
                size="sm"
                label={`Remove the stop ${shown(entry)}`}
                onClick={() => onChange(value.filter((other) => other !== entry))}
                className="size-5!"
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
