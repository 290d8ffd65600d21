import { z } from "zod";

/** `latest` moves by itself and belongs to nobody. */
export const latest = "latest";

/** The alias that is meant where none is named. */
export const defaultAlias = "production";

export const aliasName = z
  .string()
  .regex(/^[a-z0-9_.-]{1,36}$/, "Use a–z, 0–9, _, . and -, 36 at most.")
  .refine((name) => !/^(v?\d+|\.+)$/.test(name), "This word cannot be an alias: it means a version.");

/** An alias that somebody may move. */
export const ownAliasName = aliasName.refine(
  (name) => name !== latest,
  "latest always is the last version; it cannot be moved.",
);

export const versionNumber = z.number().int().positive().max(1_000_000);

/** Which version is meant: `alias` or `version`; neither is production, both is an error. */
export const versionChoice = z
  .strictObject({
    alias: aliasName.optional(),
    version: z.coerce.number().pipe(versionNumber).optional(),
  })
  .refine(
    ({ alias, version }) => alias === undefined || version === undefined,
    "Name an alias or a version, not both.",
  );
export type VersionChoice = z.infer<typeof versionChoice>;
