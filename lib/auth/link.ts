import "server-only";
import { createHmac } from "node:crypto";
import { randomBase62 } from "@/lib/core";
import { deriveKey, env } from "@/lib/core/server";

/** A new secret for a one-time link: 256 bits. */
export function makeLinkToken(): string {
  return randomBase62(43);
}

export function linkTokenHash(token: string): Buffer {
  return createHmac("sha256", deriveKey("links")).update(token).digest();
}

/** The link to a page that takes the token out of the fragment, which browsers send to nobody. */
export function linkTo(page: "setup" | "invite", token: string): string {
  return `${env().baseUrl}/${page}#token=${token}`;
}
