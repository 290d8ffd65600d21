import { now } from "@/lib/core";
import type { Deprecation } from "@/lib/gateway";

interface VersionRow {
  deprecatedFrom: Date | null;
  deprecation: string;
}

interface ModelRow {
  deprecatedAt: Date | null;
  deprecation: string;
}

const from = (day: Date | null, why: string): Deprecation | null =>
  day === null ? null : { from: day.toISOString(), why, isInForce: day <= now() };

/** From when on a version is not to be used, and why. */
export const versionDeprecation = ({ deprecatedFrom, deprecation }: VersionRow): Deprecation | null =>
  from(deprecatedFrom, deprecation);

/** As `versionDeprecation`, where the whole model may be deprecated. */
export const deprecationOf = (model: ModelRow, version: VersionRow): Deprecation | null =>
  from(model.deprecatedAt, model.deprecation) ?? versionDeprecation(version);
