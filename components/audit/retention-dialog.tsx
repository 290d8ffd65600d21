"use client";
import { useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Segment } from "@/components/ui/segment";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { keepRetention, updateRetention } from "@/lib/audit-log/client";

const form = z
  .object({ keep: z.enum(["ever", "days"]), days: z.string() })
  .refine(
    ({ keep, days }) =>
      keep === "ever" || (/^\d{2,5}$/.test(days) && Number(days) >= 30 && Number(days) <= 36_500),
    {
      path: ["days"],
      message: "Enter a number of days, 30 or more.",
    },
  );

/** For how long rows are kept. */
export function RetentionDialog({ days, onClose }: { days: number | null; onClose: () => void }) {
  const client = useQueryClient();
  const fields = useForm({
    schema: form,
    initial: { keep: days === null ? "ever" : "days", days: days === null ? "365" : String(days) },
    send: ({ keep, days }) => updateRetention({ days: keep === "ever" ? null : Number(days) }),
    onDone: (kept) => {
      keepRetention(client, kept);
      toast(kept.days === null ? "Rows are kept for ever." : `Rows are kept for ${kept.days} days.`);
      onClose();
    },
  });
  const { values, set } = fields;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Keep audit rows"
      onSubmit={fields.submit}
      footer={
        <>
          <span className="min-w-0 flex-1 text-small text-fg-muted">The change is recorded here.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={fields.busy} kbd="⌘↵">
            Save
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Segment
          label="How long"
          value={values.keep}
          onChange={(keep) => set("keep", keep)}
          options={[
            { value: "ever", label: "For ever" },
            { value: "days", label: "For some days" },
          ]}
          className="justify-self-start"
        />
        {values.keep === "days" && (
          <Field label="Days" hint="30 or more." error={fields.errorOf("days")}>
            <Input
              inputMode="numeric"
              value={values.days}
              onChange={(event) => set("days", event.target.value)}
              className="w-28!"
            />
          </Field>
        )}
        <Note tone={values.keep === "days" ? "warn" : "plain"}>
          {values.keep === "days"
            ? "Older rows are removed once a day, from the beginning of the log, and cannot be brought back. The chain stays verifiable: a checkpoint stands where it begins. Export first what you must keep."
            : "No row is ever removed."}
        </Note>
        {fields.failure && (
          <Note tone="danger" alert>
            Nothing was changed. {fields.failure}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
