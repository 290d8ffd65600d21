import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { missingSql } from "../../../scripts/schema-diff.mjs";

// Prints what separates a dumped database, after some statements, from the schema. A process of its own:
// the schema engine and Prisma's client share a global and do not bear each other.
const [snapshot, sql] = process.argv.slice(2);
const pg = await PGlite.create({ loadDataDir: new Blob([readFileSync(snapshot)]) });
await pg.exec(sql);
process.stdout.write(await missingSql(pg));
await pg.close();
