import { z } from "zod";

/** Names that stand for groups nobody keeps: everybody, and the administrators. */
const builtIn: readonly string[] = ["all_users", "admins"];

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What two groups may not share. Upper case first: only it takes apart letters such as ß, so that lower case
 * after it is a full case fold.
 */
export function groupNameKey(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

/**
 * A group's name. A grant is made out to a name, so none may look like another kind of principal: an e-mail
 * address, an application id or a built-in group, in whatever spelling.
 */
export const groupName = z
  .string()
  .min(1, "Enter a name.")
  .max(128, "Use 128 characters or fewer.")
  .refine(
    (name) => !/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(name),
    "Use visible characters only.",
  )
  .refine((name) => name === name.trim(), "Leave out the space at the beginning or end.")
  .refine((name) => !groupNameKey(name).includes("@"), "Leave out the @: it belongs to e-mail addresses.")
  .refine((name) => !idForm.test(groupNameKey(name)), "This has the form of an application id.")
  .refine(
    (name) => !builtIn.includes(groupNameKey(name)),
    "This group is built in: everybody is in all_users, every administrator in admins.",
  );
