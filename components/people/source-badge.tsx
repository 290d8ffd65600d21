import { Badge } from "@/components/ui/badge";

/** Marks what single sign-on gives; what an administrator gave needs no mark. */
export function SourceBadge({ source }: { source: "manual" | "sso" | null }) {
  if (source !== "sso") return null;
  return (
    <Badge icon="link" title="The identity provider’s groups claim gives this, and takes it again">
      single sign-on
    </Badge>
  );
}
