import type { User, UserPatch } from "@/lib/auth";

export type Change = "promote" | "demote" | "deactivate" | "activate" | "reset";

interface Wording {
  title: string;
  verb: string;
  /** What follows, before the button. */
  effect: string;
  danger?: boolean;
  patch?: UserPatch;
  done: string;
}

/** Each change to an account with its consequence in words. */
export function wordingOf(change: Change, user: User): Wording {
  const who = user.name || user.email;
  const all: Record<Change, Wording> = {
    promote: {
      title: `Make ${who} an administrator?`,
      verb: "Make administrator",
      effect:
        "Administrators invite and deactivate people, add connections and see their settings. It holds from the next request.",
      patch: { role: "admin" },
      done: `${who} is an administrator.`,
    },
    demote: {
      title: `Make ${who} a member?`,
      verb: "Make member",
      effect:
        "Members run models and keep their own keys and sessions. People and connections close to them from the next request.",
      patch: { role: "member" },
      done: `${who} is a member.`,
    },
    deactivate: {
      title: `Deactivate ${who}?`,
      verb: "Deactivate",
      effect:
        "Every session and key of theirs ends for good, and answers that are coming stop within a second. Playground sessions and groups are kept.",
      danger: true,
      patch: { disabled: true },
      done: `${who} is deactivated.`,
    },
    activate: {
      title: `Activate ${who}?`,
      verb: "Activate",
      effect: "They can sign in again. Sessions and keys that ended stay ended.",
      patch: { disabled: false },
      done: `${who} is active.`,
    },
    reset: {
      title: user.state === "invited" ? `Make a new link for ${who}?` : `Make a reset link for ${who}?`,
      verb: "Make link",
      effect:
        user.state === "invited"
          ? "The link made before stops working."
          : "With the link a new password is chosen. The present one works until then; links made before stop working.",
      done: "",
    },
  };
  return all[change];
}
