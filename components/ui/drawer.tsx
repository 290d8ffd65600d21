"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useId } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";
import { useMedia } from "./use-media";

const DrawerOver = dynamic(() => import("./drawer-over").then((module) => module.DrawerOver), { ssr: false });

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
    <DrawerOver onClose={onClose} title={title}>
      {children}
    </DrawerOver>
  );
}
