"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";

interface StopInputProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** What stands there while there are none. */
  blank: string;
}

const most = 4;
const longest = 256;
const typed = (text: string) => text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");

/** Adds one of up to four texts at which an answer ends; `\n` stands for a line's end. */
export function StopInput({ value, onChange, blank }: StopInputProps) {
  const [text, setText] = useState("");
  const add = () => {
    const next = typed(text);
    if (next !== "" && !value.includes(next)) onChange([...value, next].slice(0, most));
    setText("");
  };
  return (
    <Input
      mono
      className="placeholder:font-sans"
      maxLength={longest}
      placeholder={value.length === 0 ? blank : value.length < most ? "one more" : "four at most"}
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
  );
}
