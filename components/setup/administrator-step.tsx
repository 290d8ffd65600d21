"use client";
import { PasswordField } from "@/components/auth/password-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useForm } from "@/components/ui/use-form";
import { setupInput } from "@/lib/auth";
import { completeSetup, signInWithPassword } from "@/lib/auth/client";
import { StepFrame } from "./step-frame";
import { useConfirmKey } from "./use-confirm-key";

/** Makes the first account with the printed link, and signs in with it. */
export function AdministratorStep({ token }: { token: string }) {
  const form = useForm({
    schema: setupInput,
    initial: { token, name: "", email: "", password: "" },
    send: async (values) => {
      const { email } = await completeSetup(values);
      await signInWithPassword(email, values.password);
    },
    onDone: () => window.location.assign("/setup?step=models"),
  });
  const { values, set, errorOf } = form;
  const failure = form.failure ?? errorOf("token");
  useConfirmKey(form.submit);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <StepFrame
        title="Make the administrator"
        lead="The first account of this workbench. It invites the others."
        footer={
          <>
            <span className="min-w-0 flex-1 text-small text-fg-muted">
              The link you opened works once and is used up by this.
            </span>
            <Button type="submit" variant="primary" busy={form.busy} kbd="⌘↵">
              Continue
            </Button>
          </>
        }
      >
        <div className="grid max-w-120 gap-3 rounded-3 border bg-surface p-4">
          {failure && (
            <Note tone="danger" alert>
              {failure}
            </Note>
          )}
          <Field label="Name" error={errorOf("name")}>
            <Input
              autoFocus
              autoComplete="name"
              value={values.name}
              onChange={(event) => set("name", event.target.value)}
            />
          </Field>
          <Field label="E-mail" hint="You sign in with it. Nothing is sent there." error={errorOf("email")}>
            <Input
              type="email"
              autoComplete="username"
              value={values.email}
              onChange={(event) => set("email", event.target.value)}
            />
          </Field>
          <PasswordField
            hint="12 characters or more."
            autoComplete="new-password"
            value={values.password}
            error={errorOf("password")}
            onChange={(value) => set("password", value)}
          />
        </div>
      </StepFrame>
    </form>
  );
}
