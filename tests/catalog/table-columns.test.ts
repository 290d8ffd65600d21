import { describe, expect, it } from "vitest";
import { columnsOf } from "@/lib/catalog";

const columns = [
  { name: "id", type_name: "LONG", nullable: false },
  { name: "email", type_text: "varchar(320)", type_name: "STRING", comment: "Of work." },
];

describe("the columns kept of a table", () => {
  it("are read beside whatever else is kept", () => {
    expect(columnsOf({ table_type: "MANAGED", columns })).toEqual(columns);
    expect(columnsOf({})).toEqual([]);
  });

  it("are not taken for none where they cannot be read", () => {
    expect(columnsOf({ columns: ["id"] })).toBeNull();
    expect(columnsOf({ columns: [...columns, { name: "EMAIL", type_name: "STRING" }] })).toBeNull();
  });
});
