"use client";
import { Dialog as Radix } from "radix-ui";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: "Revoke nightly-sync?" */
  title: ReactNode;
  /** The full name under it. */
  subtitle?: ReactNode;
  children: ReactNode;
  /** Consequence in one sentence, then Cancel, then the verb. */
  footer?: ReactNode;
  /** Makes the dialog a form: the footer's submit button and ⌘↵ send it. */
  onSubmit?: () => void;
  size?: "md" | "lg";
  /** Only the buttons close it: what it shows would be lost. */
  keep?: boolean;
}

const widths = { md: "sm:w-140", lg: "sm:w-175" };

/** A question over the page; a full-height sheet on narrow screens. */
export function Dialog({
  open,
  onOpenChange,
  title,
  subtitle,
  children,
  footer,
  onSubmit,
  size = "md",
  keep,
}: DialogProps) {
  const body = (
    <>
      <header className="flex flex-none items-start gap-2.5 px-4.5 pt-4 pb-1">
        <div className="min-w-0 flex-1">
          <Radix.Title className="text-title">{title}</Radix.Title>
          {subtitle && <div className="font-mono text-small break-words text-fg-subtle">{subtitle}</div>}
        </div>
        {!keep && (
          <Radix.Close asChild>
            <IconButton icon="close" label="Close" size="sm" className="-mr-1.5 pointer-coarse:-mt-2.25" />
          </Radix.Close>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4.5 pt-2 pb-4">{children}</div>
      {footer && (
        <footer className="flex flex-none flex-wrap items-center gap-2 border-t px-4.5 py-3">{footer}</footer>
      )}
    </>
  );
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-(--layer-dialog) grid place-items-center bg-scrim motion-safe:animate-appear sm:p-3">
          <Radix.Content
            data-dialog=""
            aria-describedby={undefined}
            onOpenAutoFocus={startAtFirstField}
            onEscapeKeyDown={(event) => keep && event.preventDefault()}
            onPointerDownOutside={(event) => keep && event.preventDefault()}
            className={cx(
              "flex h-full w-full flex-col bg-raised shadow-lift-3 outline-none motion-safe:animate-rise sm:h-auto sm:max-h-[calc(100dvh-24px)] sm:max-w-full sm:rounded-3",
              widths[size],
            )}
          >
            {onSubmit ? <Form onSubmit={onSubmit}>{body}</Form> : body}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** At what is to be filled in; where nothing is, at the dialog itself, so that Enter alone destroys nothing. */
function startAtFirstField(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  const field = dialog.querySelector<HTMLElement>("input:not(:disabled), textarea, [role=combobox]");
  (field ?? dialog).focus();
}

function Form({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    onSubmit();
  };
  return (
    <form noValidate onSubmit={submit} onKeyDown={keys} className="flex min-h-0 flex-1 flex-col">
      {children}
    </form>
  );
}
