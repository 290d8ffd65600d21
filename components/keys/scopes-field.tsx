"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Segment } from "@/components/ui/segment";
import { Textarea } from "@/components/ui/textarea";
import type { KeyScopes, PrivilegeName } from "@/lib/auth";
import { PrivilegeChoice } from "./privilege-choice";

interface ScopesFieldProps {
  value: KeyScopes | null;
  onChange: (scopes: KeyScopes | null) => void;
  /** Of the key; absent for oneself. */
  owner: string | undefined;
  error: string | undefined;
}

const linesOf = (text: string) => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** Everything of the owner, or less: chosen privileges, and securables by full name. */
export function ScopesField({ value, onChange, owner, error }: ScopesFieldProps) {
  const [privileges, setPrivileges] = useState<readonly PrivilegeName[]>([]);
  const [names, setNames] = useState("");
  const send = (chosen: readonly PrivilegeName[], text: string) => {
    const securables = linesOf(text);
    onChange({
      ...(chosen.length > 0 ? { privileges: [...chosen] } : {}),
      ...(securables.length > 0 ? { securables } : {}),
    });
  };
  return (
    <>
      <Field label="Scopes" error={value ? undefined : error}>
        <Segment
          label="Scopes"
          stretch
          value={value ? "chosen" : "all"}
          onChange={(mode) => (mode === "all" ? onChange(null) : send(privileges, names))}
          options={[
            { value: "all", label: owner ? `Everything of ${owner}` : "Everything of mine" },
            { value: "chosen", label: "Only what I choose" },
          ]}
        />
      </Field>
      {value && (
        <>
          <PrivilegeChoice
            chosen={privileges}
            onChange={(next) => {
              setPrivileges(next);
              send(next, names);
            }}
          />
          <Field
            label="Securables"
            hint="Full names, one in a line. Empty for everything these privileges are on."
            error={error}
          >
            <Textarea
              mono
              value={names}
              placeholder="main.support.chat"
              onChange={(event) => {
                setNames(event.target.value);
                send(privileges, event.target.value);
              }}
            />
          </Field>
        </>
      )}
    </>
  );
}
