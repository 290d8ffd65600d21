import { Badge } from "@/components/ui/badge";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import { counted, type SsoSettings } from "@/lib/auth";

/** What the groups claim brought at the last sign-in through the issuer. */
export function LastClaim({ report }: { report: SsoSettings["lastSignIn"] }) {
  if (!report) {
    return <p className="px-4 text-small text-fg-muted">Nobody has signed in through the issuer yet.</p>;
  }
  const { at, person, values, unmatched, ignored } = report;
  return (
    <div className="grid gap-2 px-4">
      <p>
        <b>{person.name}</b>, <Time at={at} />: the claim had {counted(values, "values")}.
      </p>
      {ignored !== null && <Note tone="warn">{ignored}</Note>}
      {unmatched.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5 text-small text-fg-muted">
          No group has:
          {unmatched.map((value) => (
            <Badge key={value} mono>
              {value}
            </Badge>
          ))}
        </p>
      )}
    </div>
  );
}
