"use client";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { requestPath } from "@/components/access/paths";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { SegmentField } from "@/components/ui/segment-field";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { refreshCatalog } from "@/lib/catalog/client";
import { createPrompt, refreshPrompts } from "@/lib/prompts/client";
import { promptPath } from "../paths";
import { contentOf, createForm } from "./create-form";
import { FirstText } from "./first-text";
import { NameFields } from "./name-fields";

interface CreateFieldsProps {
  /** A schema in which the reader may make prompts; undefined where none was found. */
  first: string | undefined;
  /** The one whose owner would be asked. */
  wanted: string | undefined;
  onClose: () => void;
}

export function CreateFields({ first, wanted, onClose }: CreateFieldsProps) {
  const cache = useQueryClient();
  const router = useRouter();
  const fields = useForm({
    schema: createForm,
    initial: { schema: first ?? "", name: "", type: "chat", text: "", system: "", user: "", comment: "" },
    send: (values) => {
      const { schema, name, comment } = values;
      return createPrompt({ schema, name, comment, content: contentOf(values) });
    },
    onDone: ({ fullName }) => {
      toast(`${fullName} is made.`);
      void refreshPrompts(cache);
      void refreshCatalog(cache);
      router.push(promptPath(fullName));
    },
  });
  const { values, set, errorOf } = fields;
  return (
    <FormDialog
      title="New prompt"
      form={fields}
      verb="Make prompt"
      consequence="You own it, with this text as version 1."
      onClose={onClose}
    >
      {first === undefined && (
        <Note tone="warn">
          You need CREATE PROMPT on a schema, with USE SCHEMA and USE CATALOG.{" "}
          <Link href={requestPath(wanted ?? "", "schema", "CREATE PROMPT")} className="text-accent underline">
            Request it
          </Link>
        </Note>
      )}
      <NameFields values={values} set={set} errorOf={errorOf} />
      <SegmentField
        label="Type"
        value={values.type}
        onChange={(type) => set("type", type)}
        options={[
          { value: "chat", label: "Chat" },
          { value: "text", label: "Text" },
        ]}
      >
        {values.type === "chat"
          ? "Messages with roles. This cannot be changed later."
          : "One text, which other prompts may include. This cannot be changed later."}
      </SegmentField>
      <FirstText values={values} set={set} errorOf={errorOf} />
      <Field label="Comment" hint="What it is for." error={errorOf("comment")}>
        <Input value={values.comment} onChange={(event) => set("comment", event.target.value)} />
      </Field>
    </FormDialog>
  );
}
