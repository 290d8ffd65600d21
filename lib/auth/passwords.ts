import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/core";

/** The library's enum exists only at type level. */
const argon2id = 2;

/** Argon2id, 19 MiB, 2 passes, 1 lane: OWASP's baseline; a sign-in costs some 25 ms and 19 MiB. */
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password nobody has: verified for unknown accounts, so that the time taken tells nothing. */
const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$TWAF8GTllWmZHgYQ1dHcWg$kdI7Zd69bcjZ32FzPSMSMZ6WrmOZpyIN5M68F4J7niU";

/** Composed and decomposed forms of one character are one password, whichever keyboard typed it. */
const normalised = (password: string) => password.normalize("NFKC");

export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), parameters);
}

/** Whether the password is the account's; takes the same time when there is no account or no password. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? nobodysHash, normalised(password));
  return matches && stored !== null && stored !== undefined;
}

const common = [
  "password",
  "passwort",
  "qwertyuiop",
  "letmein",
  "welcome",
  "tessera",
  "administrator",
  "changeme",
];

/** Whether nearly every character follows from the one before by the same step: aaaa…, 1234567890…, zyxw…. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return [-1, 0, 1].some((step) => steps.filter((taken) => taken === step).length >= steps.length * 0.75);
}

/** Refuses passwords that a guesser tries first. @throws AppError `unprocessable`. */
export function requireGoodPassword(password: string, email: string): void {
  const text = normalised(password).toLowerCase();
  const letters = text.replace(/[^\p{L}]/gu, "");
  const local = email.split("@")[0] ?? "";
  const refuse = (message: string) => {
    throw new AppError("unprocessable", message, { details: [{ path: "password", message }] });
  };
  if (text === email || text === local) refuse("The password must not be your e-mail address.");
  if (new Set(text).size < 5 || isRun(text)) refuse("The password repeats or counts up: choose another one.");
  if (common.includes(letters)) refuse("The password is one of the first to be guessed: choose another one.");
  if (/^(.{1,6})\1+$/u.test(text)) refuse("The password repeats one part: choose another one.");
}
