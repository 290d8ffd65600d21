import { z } from "zod";
import { isSchemaKind, type StoredKind } from "./kinds";

/**
 * What makes a name unique: compatibility forms and case do not count. Lower, upper and lower case again, so
 * that letters which share either, such as "ẞ", "ß" and "SS", meet; a sigma is the same at the end of a word.
 */
export function nameKey(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .normalize("NFKC");
}

/** Neither seen nor typed: a name with one would look like another name. U+2800 is a blank that is no space. */
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cn}|\p{Co}|\p{Cs}|\u{2800}/u;

/** The name of a catalog, schema or object, as Unity Catalog allows it: 1 to 255 characters, no dot, slash or space. */
export const securableName = z
  .string()
  .transform((text) => text.normalize("NFC"))
  .pipe(
    z
      .string()
      .min(1, "Enter a name.")
      // In every form: the index over keys takes no more, and some characters stand for many.
      .refine((text) => nameKey(text).length <= 255 && text.length <= 255, "Use 255 characters or fewer.")
      .refine((text) => !/[\s./]/u.test(`${text}${nameKey(text)}`), "Leave out dots, slashes and spaces.")
      .refine((text) => !unseen.test(text), "Use visible characters only."),
  );

/** Names of models are the names by which they are called, and hubs and upstreams use dots and slashes in them. */
export const calledName = z
  .string()
  .min(1, "Enter a name.")
  .max(255, "Use 255 characters or fewer.")
  .refine((text) => nameKey(text).length <= 255, "Use 255 characters or fewer.")
  .refine((text) => !/\s/u.test(text), "Leave out spaces.")
  .refine((text) => !unseen.test(text), "Use visible characters only.");

/**
 * The parts of a full name: catalog, schema and object, fewer for containers. Only the last of three
 * parts may hold dots. Null when it is none.
 */
export function partsOf(kind: StoredKind, fullName: string): string[] | null {
  if (fullName === "" || fullName.length > 1_000) return null;
  if (!isSchemaKind(kind)) {
    const parts = kind === "connection" ? [fullName] : fullName.split(".");
    const wanted = kind === "schema" ? 2 : 1;
    return parts.length === wanted && parts.every((part) => part !== "") ? parts : null;
  }
  const [catalog = "", schema = "", ...rest] = fullName.split(".");
  const parts = [catalog, schema, rest.join(".")];
  return parts.every((part) => part !== "") ? parts : null;
}
