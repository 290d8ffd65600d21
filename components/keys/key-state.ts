import type { BadgeTone } from "@/components/ui/badge";

interface KeyState {
  tone: BadgeTone;
  text: string;
}

const dayMs = 86_400_000;
const soonDays = 14;

/** What a key can still do, in words. */
export function keyState(expiresAt: string | null, now = Date.now()): KeyState {
  if (expiresAt === null) return { tone: "ok", text: "active" };
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return { tone: "danger", text: "expired" };
  const days = Math.ceil(left / dayMs);
  if (days > soonDays) return { tone: "ok", text: "active" };
  return { tone: "warn", text: days === 1 ? "expires within a day" : `expires in ${days} days` };
}
