import type { MenuItem } from "@/components/ui/menu";
import type { User } from "@/lib/auth";
import type { Change } from "./changes";

/** What can be done to an account; to one's own, less. */
export function personItems(user: User, own: boolean, onChange: (change: Change) => void): MenuItem[] {
  const yourself = own ? "not for yourself" : undefined;
  const act = (change: Change) => () => onChange(change);
  return [
    user.role === "member"
      ? { label: "Make administrator", icon: "shield", onSelect: act("promote") }
      : { label: "Make member", icon: "person", onSelect: act("demote"), disabledReason: yourself },
    {
      label: user.state === "invited" ? "New invitation link" : "Reset link",
      icon: "link",
      onSelect: act("reset"),
    },
    user.state === "disabled"
      ? { label: "Activate", icon: "check", onSelect: act("activate"), separated: true }
      : {
          label: "Deactivate",
          icon: "close",
          danger: true,
          onSelect: act("deactivate"),
          separated: true,
          detail: "asks first",
          disabledReason: yourself,
        },
  ];
}
