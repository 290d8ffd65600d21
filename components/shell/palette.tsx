"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { playgroundSessionsQuery } from "@/lib/playground/client";
import { actionEntries, matching, type PaletteEntry, pageEntries } from "./palette-entries";
import { PaletteRow } from "./palette-row";
import type { Person } from "./person";
import { useShell } from "./shell-store";
import { useAssetEntries } from "./use-asset-entries";

const sessionsShown = 6;

/** Search or jump to: objects of the catalogue, saved sessions, actions, pages, or ask a model. */
export function Palette({ person }: { person: Person }) {
  const open = useShell((state) => state.palette);
  const setOpen = (palette: boolean) => useShell.setState({ palette });
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-(--layer-palette) bg-scrim motion-safe:animate-appear">
          <Dialog.Content
            aria-describedby={undefined}
            className="mx-auto flex max-h-dvh w-full flex-col overflow-hidden bg-raised shadow-lift-3 outline-none motion-safe:animate-rise max-sm:h-full sm:mt-28 sm:max-h-[calc(100dvh-136px)] sm:w-160 sm:max-w-[calc(100vw-24px)] sm:rounded-3"
          >
            <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
            <Search person={person} onDone={() => setOpen(false)} />
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Search({ person, onDone }: { person: Person; onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const sessions = useInfiniteQuery(playgroundSessionsQuery());
  const saved: PaletteEntry[] = (sessions.data?.pages[0]?.sessions ?? []).map((session) => ({
    id: session.id,
    label: session.title,
    icon: "history",
    detail: "playground session",
    href: `/playground/${session.id}`,
  }));
  const all = [
    { label: "Sessions", entries: saved },
    { label: "Actions", entries: actionEntries(person) },
    { label: "Pages", entries: pageEntries(person) },
  ];
  const assets = useAssetEntries(typed);
  const { groups: matches, query } = matching(all, typed);
  const groups = assets.length > 0 ? [{ label: "Assets", entries: assets }, ...matches] : matches;
  const run = (entry: PaletteEntry) => {
    onDone();
    if (entry.href) router.push(entry.href);
    entry.act?.();
  };
  const ask: PaletteEntry | undefined =
    query && !typed.startsWith(">")
      ? {
          id: "ask",
          label: `Run “${query}” in the playground`,
          icon: "chat",
          kbd: "⌘↵",
          href: `/playground?ask=${encodeURIComponent(query)}`,
        }
      : undefined;
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || !ask) return;
    event.preventDefault();
    event.stopPropagation();
    run(ask);
  };
  return (
    <Command
      shouldFilter={false}
      loop
      label="Search or jump to"
      onKeyDownCapture={keys}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-12 flex-none items-center gap-2.5 border-b px-3.5">
        <Icon name="search" className="text-fg-subtle" />
        <Command.Input
          autoFocus
          value={typed}
          onValueChange={setTyped}
          placeholder="Search or jump to"
          className="h-full min-w-0 flex-1 bg-transparent text-read outline-none"
        />
        <button type="button" onClick={onDone} className="text-small text-accent sm:hidden">
          Close
        </button>
      </div>
      <Command.List label="Results" className="min-h-0 flex-1 overflow-y-auto px-1.5 pt-1 pb-2">
        {groups.map((group) => (
          <PaletteRowGroup key={group.label} label={group.label}>
            {(group.label === "Sessions" ? group.entries.slice(0, sessionsShown) : group.entries).map(
              (entry) => (
                <PaletteRow key={entry.id} entry={entry} query={query} onChoose={run} />
              ),
            )}
          </PaletteRowGroup>
        ))}
        {ask && (
          <PaletteRowGroup label="Ask">
            <PaletteRow entry={ask} query="" onChoose={run} />
          </PaletteRowGroup>
        )}
        {groups.length === 0 && !ask && (
          <p className="px-2.5 py-3 text-small text-fg-subtle">No action is named so.</p>
        )}
      </Command.List>
      <footer className="flex h-10 flex-none items-center gap-4 border-t bg-canvas px-3.5 text-small text-fg-subtle pointer-coarse:hidden">
        <span className="flex items-center gap-1">
          <Kbd keys="↑" />
          <Kbd keys="↓" /> move
        </span>
        <span className="flex items-center gap-1">
          <Kbd keys="↵" /> open
        </span>
        <span className="flex items-center gap-1">
          <Kbd keys="⌘↵" /> ask
        </span>
        <span className="ml-auto">
          <b className="font-mono">&gt;</b> actions alone
        </span>
      </footer>
    </Command>
  );
}

function PaletteRowGroup({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Command.Group
      heading={label}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-0.75 [&_[cmdk-group-heading]]:text-micro [&_[cmdk-group-heading]]:text-fg-subtle"
    >
      {children}
    </Command.Group>
  );
}
