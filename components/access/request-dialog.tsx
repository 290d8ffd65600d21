"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import {
  grantablePrivileges,
  isPrivilege,
  kindNoun,
  privilegeHelp,
  type StoredKind,
  storedKinds,
} from "@/lib/access";
import { requestCreation } from "@/lib/catalog";
import { requestAccess, requestsQuery } from "@/lib/catalog/client";
import { usualPrivilege } from "./use-explain-view";

interface RequestDialogProps {
  /** A full name to begin with. */
  name: string;
  kind: string | null;
  privilege: string | null;
  onClose: () => void;
}

const kindOf = (text: string | null): StoredKind => storedKinds.find((each) => each === text) ?? "model";

/** Asks whoever may grant for rights on an object that one may not even see. */
export function RequestDialog({ name, kind, privilege, onClose }: RequestDialogProps) {
  const cache = useQueryClient();
  const first = kindOf(kind);
  const wanted = privilege && isPrivilege(privilege) && grantablePrivileges(first).includes(privilege);
  const form = useForm({
    schema: requestCreation,
    initial: {
      name,
      kind: first,
      privileges: [wanted ? privilege : usualPrivilege(first)],
      comment: "",
    },
    send: requestAccess,
    onDone: () => {
      void cache.invalidateQueries({ queryKey: requestsQuery().queryKey });
      toast("Request sent.");
      onClose();
    },
  });
  const { values, set, errorOf } = form;
  const chosenKind = kindOf(values.kind ?? null);
  const chosen = values.privileges;
  return (
    <FormDialog
      title="Request access"
      form={form}
      verb="Send request"
      consequence="You see here what was decided."
      onClose={onClose}
    >
      <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_150px]">
        <Field
          label="Full name"
          hint="Such as main.support.tickets, or the name by which a model is called."
          error={errorOf("name")}
        >
          <Input mono value={values.name} onChange={(event) => set("name", event.target.value)} />
        </Field>
        <Field label="Kind" error={errorOf("kind")}>
          <Select
            value={chosenKind}
            onChange={(next) => {
              set("kind", kindOf(next));
              set("privileges", [usualPrivilege(kindOf(next))]);
            }}
            options={storedKinds
              .filter((each) => each !== "metastore")
              .map((each) => ({ value: each, label: kindNoun(each) }))}
          />
        </Field>
      </div>
      <Field label="Privileges" error={errorOf("privileges")}>
        <div className="grid max-h-56 gap-1 overflow-y-auto rounded-2 border p-2 sm:grid-cols-2">
          {grantablePrivileges(chosenKind).map((each) => (
            <Checkbox
              key={each}
              checked={chosen.includes(each)}
              onChange={(on) =>
                set("privileges", on ? [...chosen, each] : chosen.filter((other) => other !== each))
              }
            >
              <span className="font-mono text-small" title={privilegeHelp[each].text}>
                {each}
              </span>
            </Checkbox>
          ))}
        </div>
      </Field>
      <Field label="Reason" error={errorOf("comment")}>
        <Textarea
          value={values.comment}
          onChange={(event) => set("comment", event.target.value)}
          placeholder="What you need it for"
        />
      </Field>
      <Note>
        Those who may grant it see this request if the object exists. Whether it exists is not told: the
        answer to you is the same.
      </Note>
    </FormDialog>
  );
}
