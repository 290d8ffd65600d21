import { AppError } from "@/lib/core";
import { nameOf, required, type Variant, variantsOf } from "./files";
import type { Dtype } from "./schema";

/** A refusal that a form shows at its field. */
export function refuseAt(field: string, message: string, cause?: unknown): AppError {
  return new AppError("unprocessable", message, { details: [{ path: field, message }], cause });
}

/** The one graph that is meant, with everything it needs. @throws AppError `unprocessable` at `field` or `dtype` */
export function chooseVariant<F extends { path: string; size: number }>(
  files: readonly F[],
  dtype: Dtype | undefined,
  what: string,
  field: string,
): Variant<F> {
  const variants = variantsOf(files);
  const variant = dtype ? variants.find((each) => each.dtype === dtype) : variants[0];
  if (!variant)
    throw refuseAt(field, dtype ? `${what} has no ${dtype} graph.` : `${what} has no ONNX graph.`);
  if (!dtype && variants.length > 1) {
    const has = variants.map((each) => each.dtype).join(", ");
    throw refuseAt("dtype", `${what} has several graphs: ${has}. Say which one to import.`);
  }
  const missing = required.filter((path) => !variant.files.some((file) => file.path === path));
  if (missing.length > 0) throw refuseAt(field, `${what} has no ${missing.join(" and no ")}.`);
  return variant;
}

/** What an import is called after the folder or the archive it lay in. */
export function importedName(base: string, dtype: Dtype): string {
  return nameOf(base, dtype).replace(/(-[a-z0-9]+)\1$/, "$1");
}
