import { Note } from "@/components/ui/note";
import { counted, type Revocation } from "@/lib/auth";

interface RevocationCountsProps {
  revocation: Revocation;
  deactivate: boolean;
}

/** What would end, counted, and what would stay. */
export function RevocationCounts({ revocation, deactivate }: RevocationCountsProps) {
  const { principal, counts, ssoGroups, disabled } = revocation;
  const isOff = disabled || deactivate;
  return (
    <>
      <p>
        All of it ends in one step: programs and browsers are answered 401 from their next request, and
        answers that are coming stop within a second.
      </p>
      <dl className="rounded-2 border">
        {counts.map(({ noun, count }) => (
          <div key={noun} className="flex h-8 items-center gap-3 border-b px-3 last:border-0">
            <dt>{noun.charAt(0).toUpperCase() + noun.slice(1)}</dt>
            <dd className="ml-auto tabular-nums">{count.toLocaleString("en-US")}</dd>
          </div>
        ))}
      </dl>
      {ssoGroups > 0 && (
        <Note tone="warn">
          {counted(ssoGroups, "memberships")} through single sign-on {ssoGroups === 1 ? "stays" : "stay"}: the
          identity provider gives {ssoGroups === 1 ? "it" : "them"}.
        </Note>
      )}
      {!isOff && (
        <Note>
          {principal.kind === "person"
            ? "The account itself stays active: whoever knows its password, or comes through single sign-on, can sign in again."
            : "The account itself stays active: an administrator can make keys for it again."}
        </Note>
      )}
    </>
  );
}
