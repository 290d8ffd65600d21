"use client";
import { useState } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { setTitle, titleOf } from "@/lib/playground/client";
import type { Session } from "./session";

/** The title of the comparison; follows the first message until it is named. */
export function TitleEdit({ session }: { session: Session }) {
  const { store } = session.workspace;
  const title = useStore(store, (state) => state.title || titleOf(state));
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <>
        <h1 className="max-w-90 min-w-0 truncate" title={title}>
          {title}
        </h1>
        <IconButton
          icon="pencil"
          size="sm"
          label="Rename"
          onClick={() => setDraft(title)}
          className="-ml-1 max-sm:hidden"
        />
      </>
    );
  }
  const keep = () => {
    setTitle(session.workspace, draft);
    setDraft(null);
  };
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <Input
        autoFocus
        aria-label="Title"
        maxLength={200}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          if (event.key !== "Escape") return;
          event.preventDefault();
          setDraft(null);
        }}
        className="max-w-80"
      />
    </>
  );
}
