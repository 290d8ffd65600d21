"use client";
import { Popover } from "radix-ui";
import { type ReactNode, useId, useState } from "react";
import { type ComboboxEntry, ComboboxList } from "./combobox-list";

import { controlClass } from "./control-class";
import { cx } from "./cx";
import { useField } from "./field";
import { Icon } from "./icon";
import { useListKeys } from "./use-list-keys";

export type { ComboboxEntry } from "./combobox-list";

export interface ComboboxProps {
  value: string | undefined;
  onChange: (value: string) => void;
  entries: readonly ComboboxEntry[];
  placeholder?: string;
  /** Needed where no `Field` names it. */
  label?: string;
  /** Said when nothing matches. */
  empty?: ReactNode;
  /** A button that opens the list instead of an input that is always there. */
  trigger?: ReactNode;
  /** Called with what is typed, where the entries are looked up by it. */
  onQuery?: (query: string) => void;
  /** More of the entry that Enter would choose, beneath the list. */
  about?: (value: string) => ReactNode;
  /** Open from the first rendering on, where a button was already pressed. */
  startsOpen?: boolean;
  className?: string;
}

/** One of many known values, found by typing. Entries that cannot be chosen stay and say why. */
export function Combobox({
  value,
  onChange,
  entries,
  placeholder,
  label,
  empty = "Nothing matches",
  trigger,
  onQuery,
  about,
  startsOpen = false,
  className,
}: ComboboxProps) {
  const field = useField();
  const listId = useId();
  const [open, setOpen] = useState(startsOpen);
  const [query, setTyped] = useState("");
  const setQuery = (next: string) => {
    setTyped(next);
    onQuery?.(next);
  };
  const needle = query.trim().toLowerCase();
  const shown = entries.filter((entry) => `${entry.label} ${entry.value}`.toLowerCase().includes(needle));
  const choose = (index: number) => {
    const entry = shown[index];
    if (!entry || entry.disabledReason !== undefined) return;
    onChange(entry.value);
    change(false);
  };
  const chosen = Math.max(
    0,
    entries.findIndex((entry) => entry.value === value),
  );
  const keys = useListKeys(shown.length, choose, chosen);
  const change = (next: boolean) => {
    setOpen(next);
    if (next) keys.setActive(chosen);
    else setQuery("");
  };
  const current = entries.find((entry) => entry.value === value);
  const active = shown[keys.active];
  const more = active && about?.(active.value);
  const input = (
    <input
      id={trigger ? undefined : field?.id}
      role="combobox"
      aria-label={label}
      aria-labelledby={label ? undefined : field?.labelId}
      aria-expanded={open}
      aria-controls={open ? listId : undefined}
      aria-autocomplete="list"
      aria-activedescendant={open && shown.length > 0 ? `${listId}-${keys.active}` : undefined}
      aria-describedby={field?.describedBy}
      autoComplete="off"
      spellCheck={false}
      placeholder={current ? current.label : placeholder}
      value={open ? query : (current?.label ?? "")}
      onChange={(event) => {
        setQuery(event.target.value);
        keys.setActive(0);
        if (!open) setOpen(true);
      }}
      onClick={() => !open && change(true)}
      onKeyDown={(event) => {
        if (open) keys.onKeyDown(event);
        else if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          change(true);
        }
      }}
      className="h-full min-w-0 flex-1 bg-transparent outline-none"
    />
  );
  const box = (
    <div
      className={cx(
        controlClass(field?.invalid ?? false),
        "flex h-(--h-control) items-center gap-2 px-2.25 has-focus-visible:outline-2 has-focus-visible:outline-accent",
        className,
      )}
    >
      <Icon name="search" size={14} className="text-fg-subtle" />
      {input}
      {!trigger && <Icon name="chevron-down" size={14} className="text-fg-subtle" />}
    </div>
  );
  return (
    <Popover.Root open={open} onOpenChange={change}>
      {trigger ? (
        <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      ) : (
        <Popover.Anchor asChild>{box}</Popover.Anchor>
      )}
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label ?? "Choose"}
          onOpenAutoFocus={(event) => !trigger && event.preventDefault()}
          onInteractOutside={(event) => {
            // The anchor is outside the popover: a click into the input must not close what it opens.
            if (
              !trigger &&
              event.target instanceof Element &&
              event.target.closest(`[aria-controls="${listId}"]`)
            )
              event.preventDefault();
          }}
          className={cx(
            "z-(--layer-toast) rounded-2 bg-raised p-1 shadow-lift-2 motion-safe:animate-appear",
            trigger ? "w-96 max-w-[calc(100vw-16px)]" : "w-(--radix-popover-trigger-width) min-w-60",
          )}
        >
          {trigger && <div className="p-1 pb-2">{box}</div>}
          <ComboboxList
            id={listId}
            shown={shown}
            query={query}
            value={value}
            active={keys.active}
            onActive={keys.setActive}
            onChoose={choose}
            empty={empty}
          />
          {more && <div className="mt-1 border-t px-2 pt-1.5 pb-1 text-small">{more}</div>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
