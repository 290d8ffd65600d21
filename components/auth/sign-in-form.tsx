"use client";
import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { useForm } from "@/components/ui/use-form";
import { email } from "@/lib/auth";
import { signInWithPassword, startSingleSignOn } from "@/lib/auth/client";
import { PasswordField } from "./password-field";

const input = z.object({ email, password: z.string().min(1, "Enter your password.") });

interface SignInFormProps {
  /** A path of ours. */
  next: string;
  sso: boolean;
  /** What went wrong on the way here. */
  problem?: string;
}

/** E-mail and password; single sign-on where it is configured. */
export function SignInForm({ next, sso, problem }: SignInFormProps) {
  const form = useForm({
    schema: input,
    initial: { email: "", password: "" },
    send: (values) => signInWithPassword(values.email, values.password),
    // A full load, so that nothing of the page before outlives the change of person.
    onDone: () => window.location.assign(next),
  });
  const provider = useMutation({
    mutationFn: () => startSingleSignOn(next),
    onSuccess: (address) => window.location.assign(address),
  });
  const failure = form.failure ?? provider.error?.message ?? problem;
  return (
    <form
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {failure && (
        <Note tone="danger" alert>
          {failure}
        </Note>
      )}
      <Field label="E-mail" error={form.errorOf("email")}>
        <Input
          autoFocus
          type="email"
          autoComplete="username"
          value={form.values.email}
          onChange={(event) => form.set("email", event.target.value)}
        />
      </Field>
      <PasswordField
        autoComplete="current-password"
        value={form.values.password}
        error={form.errorOf("password")}
        onChange={(value) => form.set("password", value)}
      />
      <Button type="submit" variant="primary" busy={form.busy} className="mt-1">
        Sign in
      </Button>
      {sso && (
        <>
          <div className="flex items-center gap-3 text-small text-fg-subtle before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or
          </div>
          <Button icon="shield" busy={provider.isPending} onClick={() => provider.mutate()}>
            Continue with single sign-on
          </Button>
        </>
      )}
      <p className="pt-1 text-small text-fg-subtle">
        Password forgotten? An administrator can make you a reset link under People.
      </p>
    </form>
  );
}
