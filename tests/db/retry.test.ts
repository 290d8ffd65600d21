import { expect, it } from "vitest";
import { retryConflicts } from "@/lib/db/retry";

const conflict = () => Object.assign(new Error("conflict"), { code: "P2034" });
const rawConflict = (state: string) =>
  Object.assign(new Error("raw"), {
    code: "P2010",
    meta: { driverAdapterError: { cause: { originalCode: state } } },
  });

const conflictAtCommit = () =>
  Object.assign(new Error("TransactionWriteConflict"), {
    cause: { kind: "TransactionWriteConflict", originalCode: "40001" },
  });

it("runs again after a write conflict, a serialization failure and a deadlock", async () => {
  const failures = [conflict(), rawConflict("40001"), rawConflict("40P01"), conflictAtCommit()];
  let runs = 0;
  const result = await retryConflicts(async () => {
    runs += 1;
    const failure = failures.pop();
    if (failure) throw failure;
    return "done";
  });
  expect([result, runs]).toEqual(["done", 5]);
});

it("does not run again after any other failure", async () => {
  let runs = 0;
  const failing = retryConflicts(async () => {
    runs += 1;
    throw Object.assign(new Error("duplicate"), { code: "P2002" });
  });
  await expect(failing).rejects.toThrow("duplicate");
  expect(runs).toBe(1);
});

it("gives up in words that say what to do, and keeps the cause", async () => {
  const failing = retryConflicts(() => Promise.reject(conflict()));
  await expect(failing).rejects.toMatchObject({
    code: "unavailable",
    retryAfter: 1,
    cause: { code: "P2034" },
  });
});
