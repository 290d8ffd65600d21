"use client";
import { useEffect, useRef } from "react";
import { controlClass } from "./control-class";
import { cx } from "./cx";
import { Icon } from "./icon";
import { Kbd } from "./kbd";

interface SearchInputProps {
  /** What is filtered, shown while nothing is typed. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The key / belongs to another filter of the page. */
  keyless?: boolean;
  className?: string;
}

/** Filters the list below it; the key / leads here. */
export function SearchInput({ label, value, onChange, keyless = false, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (keyless) return;
    const press = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.defaultPrevented || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [keyless]);
  return (
    <div
      className={cx(
        controlClass(false),
        "flex h-(--h-control) w-55! items-center gap-2 px-2.25 has-focus-visible:outline-2 has-focus-visible:outline-accent",
        className,
      )}
    >
      <Icon name="search" size={14} className="text-fg-subtle" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onChange("")}
        className="h-full min-w-0 flex-1 appearance-none bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {value === "" && !keyless && <Kbd keys="/" />}
    </div>
  );
}
