import { Badge } from "@/components/ui/badge";
import { isPrivilege, privilegeHelp } from "@/lib/access";

/** Privileges as quiet words; what each allows on hover. */
export function PrivilegeBadges({ privileges }: { privileges: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      {privileges.map((privilege) => (
        <Badge
          key={privilege}
          mono
          title={isPrivilege(privilege) ? privilegeHelp[privilege].text : undefined}
          className="text-fg"
        >
          {privilege}
        </Badge>
      ))}
    </span>
  );
}
