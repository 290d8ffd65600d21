import "server-only";
import { z } from "zod";
import { readBody } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";

/**
 * Where the caller saw the alias: `If-Match: "3"` is version 3, `If-None-Match: *` is nowhere.
 * @throws AppError `invalid` for a header of another form
 */
function seenAt(headers: Headers): number | null | undefined {
  const match = headers.get("if-match");
  const noneMatch = headers.get("if-none-match");
  if (match === null && noneMatch === null) return undefined;
  if (match === null && noneMatch?.trim() === "*") return null;
  const number = noneMatch === null ? /^\s*"([1-9]\d{0,6})"\s*$/.exec(match ?? "")?.[1] : undefined;
  if (number === undefined) {
    const message =
      'Name the version at which the alias stands: If-Match: "3", or If-None-Match: * for none.';
    throw new AppError("invalid", message);
  }
  return Number(number);
}

/**
 * The body of a change of an alias, in which a header may stand for `from`; with it a body may be left out.
 * @throws AppError `invalid` where header and body differ
 */
export async function readWithFrom<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const seen = seenAt(request.headers);
  if (seen === undefined) return readBody(request, schema);
  const isEmpty = request.headers.get("content-type") === null && request.body === null;
  const body = isEmpty ? {} : await readBody(request, z.record(z.string(), z.unknown()));
  if (body.from !== undefined && body.from !== seen) {
    throw new AppError("invalid", "The header and from name different versions.");
  }
  return parseInput(schema, { ...body, from: seen });
}
