"use client";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

interface DrawerOverProps {
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
}

/** A drawer where there is no room beside the work: over it, with a scrim. */
export function DrawerOver({ onClose, title, children }: DrawerOverProps) {
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-(--layer-drawer) bg-scrim motion-safe:animate-appear" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-(--layer-drawer) flex w-72 max-w-[calc(100vw-44px)] flex-col bg-surface shadow-lift-3 outline-none motion-safe:animate-appear"
        >
          <header className="flex h-12 flex-none items-center gap-2 border-b pr-2 pl-3.5">
            <Radix.Title className="text-base">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label="Close" size="sm" className="ml-auto" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
