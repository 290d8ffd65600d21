"use client";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useForm } from "@/components/ui/use-form";
import { acceptInput } from "@/lib/auth";
import { acceptInvite, signInWithPassword } from "@/lib/auth/client";
import { PasswordField } from "./password-field";
import { useLinkToken } from "./use-link-token";

const input = acceptInput
  .pick({ password: true })
  .extend({ name: z.string().trim().max(120, "Use 120 characters or fewer.") });

/** Takes an invitation or a reset link: the password is chosen here, then one is signed in. */
export function AcceptForm() {
  const token = useLinkToken();
  if (token === undefined) return null;
  if (token === null) {
    return (
      <div className="grid justify-items-start gap-3">
        <Note>
          This page needs the whole link, with everything behind “#”. Copy it again, or ask for a new one.
        </Note>
        <ButtonLink href="/sign-in">Go to sign-in</ButtonLink>
      </div>
    );
  }
  return <Form token={token} />;
}

function Form({ token }: { token: string }) {
  const form = useForm({
    schema: input,
    initial: { name: "", password: "" },
    send: async ({ name, password }) => {
      const { email } = await acceptInvite({ token, password, ...(name ? { name } : {}) });
      await signInWithPassword(email, password);
    },
    onDone: () => window.location.assign("/playground"),
  });
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {form.failure && (
        <Note tone="danger" alert>
          {form.failure}
        </Note>
      )}
      <Field label="Your name" hint="Leave it empty to keep the one you have." error={form.errorOf("name")}>
        <Input
          autoFocus
          autoComplete="name"
          value={form.values.name}
          onChange={(event) => form.set("name", event.target.value)}
        />
      </Field>
      <PasswordField
        label="New password"
        hint="12 characters or more."
        autoComplete="new-password"
        value={form.values.password}
        error={form.errorOf("password")}
        onChange={(value) => form.set("password", value)}
      />
      <Button type="submit" variant="primary" busy={form.busy} className="mt-1">
        Set password and sign in
      </Button>
    </form>
  );
}
