import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** What a member sees of a page for administrators: the missing condition, and who has it. */
export function AdministratorsOnly({ what }: { what: string }) {
  return (
    <EmptyState
      kind="people"
      title="For administrators"
      action={<ButtonLink href="/playground">Open the playground</ButtonLink>}
    >
      You are a member; {what} needs an administrator. Any of them can make you one.
    </EmptyState>
  );
}
