"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Consequence } from "./consequence";
import { Dialog } from "./dialog";
import { Note } from "./note";
import type { Form } from "./use-form";

interface FormDialogProps {
  title: string;
  subtitle?: ReactNode;
  form: Pick<Form<object>, "busy" | "failure" | "submit">;
  verb: string;
  /** What follows from it, beside the buttons. */
  consequence?: ReactNode;
  /** Why it cannot be sent now. */
  disabledReason?: string;
  onClose: () => void;
  children: ReactNode;
}

/** Fields, what follows, Cancel and the verb; a refusal says that nothing was changed. */
export function FormDialog({
  title,
  subtitle,
  form,
  verb,
  consequence,
  disabledReason,
  onClose,
  children,
}: FormDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={title}
      subtitle={subtitle}
      onSubmit={() => disabledReason === undefined && form.submit()}
      footer={
        <>
          <Consequence>{consequence}</Consequence>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={form.busy} disabledReason={disabledReason} kbd="⌘↵">
            {verb}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {children}
        {form.failure && (
          <Note tone="danger" alert>
            Nothing was changed. {form.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
