import { createInterface } from "node:readline";
import { isPrivilege } from "@/lib/access";
import { applyGrants } from "@/lib/access/server";
import { openDatabase } from "@/lib/db/server";

/** Another process of the workbench: each line of input, `add|remove object principal privilege`, is a change of rights. */
const database = await openDatabase({ kind: "postgresql", url: process.env.DATABASE_URL ?? "" });
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, objectId = "", principalId = "", ...rest] = line.split(" ");
  const privilege = rest.join(" ");
  if (!isPrivilege(privilege)) throw new Error(`There is no privilege ${privilege}`);
  const change = verb === "add" ? { add: [privilege], remove: [] } : { add: [], remove: [privilege] };
  await database.write((tx) => applyGrants(tx, objectId, [{ principalId, ...change }], principalId));
  process.stdout.write("changed\n");
}
await database.close();
