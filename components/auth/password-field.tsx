"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

interface PasswordFieldProps {
  label?: string;
  hint?: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
}

/** A password that can be looked at before it is sent. */
export function PasswordField({
  label = "Password",
  hint,
  error,
  value,
  onChange,
  autoComplete,
  autoFocus,
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} hint={hint} error={error}>
      <div className="relative">
        <Input
          type={shown ? "text" : "password"}
          value={value}
          autoComplete={autoComplete}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
          className="pr-9"
        />
        <IconButton
          icon="eye"
          size="sm"
          label={shown ? "Hide the password" : "Show the password"}
          aria-pressed={shown}
          className="absolute top-0.5 right-0.5"
          onClick={() => setShown(!shown)}
        />
      </div>
    </Field>
  );
}
