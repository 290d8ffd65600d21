import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        kind="document"
        title="No such page"
        action={<ButtonLink href="/playground">Open the playground</ButtonLink>}
      >
        Nothing is kept under this address, or you may not see it.
      </EmptyState>
    </main>
  );
}
