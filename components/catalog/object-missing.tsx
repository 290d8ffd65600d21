import { requestPath } from "@/components/access/paths";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { StoredKind } from "@/lib/access";
import { iconOf } from "./words";

/** What cannot be seen and what does not exist look the same. */
export function ObjectMissing({ name, kind }: { name: string; kind: StoredKind | undefined }) {
  const guess = kind ?? (name.split(".").length > 2 ? "model" : name.includes(".") ? "schema" : "catalog");
  return (
    <EmptyState
      kind={iconOf(guess)}
      title={name}
      action={
        <>
          <ButtonLink variant="primary" href={requestPath(name, kind)}>
            Request access
          </ButtonLink>
          <ButtonLink href="/catalog">Open the catalog</ButtonLink>
        </>
      }
    >
      It does not exist, or you may not see it.
    </EmptyState>
  );
}
