"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Consequence } from "./consequence";
import { Dialog } from "./dialog";
import { Note } from "./note";
import { useSend } from "./use-send";

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  /** The question: "Revoke nightly-sync?" */
  title: ReactNode;
  subtitle?: ReactNode;
  /** The effect, before the button. */
  children: ReactNode;
  /** The verb with its object. */
  verb: string;
  /** What cannot be taken back. */
  danger?: boolean;
  /** Why it cannot be done now. */
  disabledReason?: string;
  /** In one sentence beside the buttons. */
  consequence?: ReactNode;
  act: () => Promise<unknown>;
  onDone: () => void;
}

/** Shows the effect first, then asks. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  subtitle,
  children,
  verb,
  danger,
  disabledReason,
  consequence,
  act,
  onDone,
}: ConfirmDialogProps) {
  const sending = useSend<void, unknown>(act, onDone);
  const close = () => {
    sending.forget();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={title}
      subtitle={subtitle}
      onSubmit={() => disabledReason === undefined && sending.send()}
      footer={
        <>
          <Consequence>{consequence}</Consequence>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            variant={danger ? "danger-solid" : "primary"}
            busy={sending.busy}
            disabledReason={disabledReason}
            kbd={danger ? undefined : "⌘↵"}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {children}
        {sending.error && (
          <Note tone="danger" alert>
            Nothing was changed. {sending.error.message}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
