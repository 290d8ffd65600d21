"use client";
import { useQuery } from "@tanstack/react-query";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useId, useState } from "react";
import { ComboboxList } from "@/components/ui/combobox-list";
import { controlClass } from "@/components/ui/control-class";
import { cx } from "@/components/ui/cx";
import { useField } from "@/components/ui/field";
import { useListKeys } from "@/components/ui/use-list-keys";
import { useSettled } from "@/components/ui/use-settled";
import type { PrincipalRef } from "@/lib/catalog";
import { principalsQuery } from "@/lib/catalog/client";
import { PrincipalChip } from "./principal-chip";
import { principalIcons, principalNote } from "./principal-name";

interface PrincipalsFieldProps {
  value: readonly PrincipalRef[];
  onChange: (value: PrincipalRef[]) => void;
  /** One alone: choosing another replaces it. */
  single?: boolean;
}

/** People, groups and service principals, found by typing; those chosen stand in front as chips. */
export function PrincipalsField({ value, onChange, single }: PrincipalsFieldProps) {
  const field = useField();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim());
  const found = useQuery({ ...principalsQuery(q), enabled: open });
  const shown = (found.data ?? []).filter(({ id }) => value.every((chosen) => chosen.id !== id));
  const choose = (index: number) => {
    const principal = shown[index];
    if (!principal) return;
    onChange(single ? [principal] : [...value, principal]);
    setTyped("");
    setOpen(false);
  };
  const keys = useListKeys(shown.length, choose);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && typed === "" && value.length > 0) {
      onChange(value.slice(0, -1));
    } else if (open && !(event.metaKey || event.ctrlKey)) {
      keys.onKeyDown(event);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      setOpen(true);
    }
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <div
          className={cx(
            controlClass(field?.invalid ?? false),
            "flex min-h-8.5 flex-wrap items-center gap-1.5 px-2 py-1.25 has-focus-visible:outline-2 has-focus-visible:outline-accent",
          )}
        >
          {value.map((principal) => (
            <PrincipalChip
              key={principal.id}
              principal={principal}
              onRemove={() => onChange(value.filter(({ id }) => id !== principal.id))}
            />
          ))}
          <input
            id={field?.id}
            role="combobox"
            aria-expanded={open}
            aria-controls={open ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={open && shown.length > 0 ? `${listId}-${keys.active}` : undefined}
            aria-describedby={field?.describedBy}
            autoComplete="off"
            spellCheck={false}
            placeholder={value.length === 0 ? "Name of a person, group or service principal" : undefined}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              keys.setActive(0);
              setOpen(true);
            }}
            onClick={() => setOpen(true)}
            onKeyDown={press}
            className="h-5.5 min-w-24 flex-1 bg-transparent outline-none"
          />
        </div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Matches"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            // The anchor is outside the popover: a click into the input must not close what it opens.
            const { target } = event;
            if (target instanceof Element && target.closest(`[aria-controls="${listId}"]`))
              event.preventDefault();
          }}
          className="z-(--layer-toast) w-(--radix-popover-trigger-width) min-w-60 rounded-2 bg-raised p-1 shadow-lift-2 motion-safe:animate-appear"
        >
          <ComboboxList
            id={listId}
            shown={shown.map((principal) => ({
              value: principal.id,
              label: principal.name,
              icon: principalIcons[principal.kind],
              detail: principalNote(principal),
            }))}
            query={q}
            value={undefined}
            active={keys.active}
            onActive={keys.setActive}
            onChoose={choose}
            empty={
              found.isError
                ? "Who there is could not be read."
                : found.isPending
                  ? "Looking…"
                  : "Nobody matches"
            }
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
