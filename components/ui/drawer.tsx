"use client";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";
import { useMedia } from "./use-media";

interface DrawerProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A rail at the right that pushes the work aside; under 1200 px it lies over it instead. */
export function Drawer({ open, onClose, title, children, className }: DrawerProps) {
  const wide = useMedia("(min-width: 75rem)");
  const id = useId();
  if (!open) return null;
  if (wide) {
    return (
      <aside
        aria-labelledby={id}
        className={cx("flex w-63 flex-none flex-col border-l bg-surface", className)}
      >
        <header className="flex h-12 flex-none items-center gap-2 border-b pr-2 pl-3.5">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label="Close" size="sm" className="ml-auto" onClick={onClose} />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      </aside>
    );
  }
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
