import { beforeEach, describe, expect, it } from "vitest";
import { calledName, nameKey, securableName } from "@/lib/access";
import { changeSecurable, findChild, findVisible, insertSecurables, markDropped } from "@/lib/access/server";
import { db } from "@/lib/db/server";
import { testDatabase } from "../support/database";

const twins = [
  ["orders", "Orders"],
  ["straße", "STRASSE"],
  ["straße", "STRAẞE"],
  ["ılgaz", "ILGAZ"],
  ["ılgaz", "ilgaz"],
  ["orders", "ｏｒｄｅｒｓ"],
  ["ﬁle", "file"],
  ["ΟΔΟΣ", "οδος"],
  ["οδος", "οδοσ"],
  ["caf\u00e9", "cafe\u0301"],
  ["K2", "\u212a2"],
  ["x²", "x2"],
  ["ŉ", "ʼn"],
] as const;

const strangers = [
  ["orders", "order"],
  ["a", "а"],
  ["resume", "résumé"],
  ["a_b", "a-b"],
] as const;

describe("the key of a name", () => {
  it("is the same for every form and case of any one character", () => {
    const wrong: string[] = [];
    // Ideographs and Hangul syllables have one form and no case; beyond them are compatibility ideographs only.
    const plain = [
      [0x3400, 0x9fff],
      [0xac00, 0xdfff],
      [0x20000, 0x2f7ff],
    ] as const;
    for (let code = 0; code < 0x2fa20; code += 1) {
      const skipped = plain.find(([from, to]) => code >= from && code <= to);
      if (skipped) code = skipped[1] + 1;
      const text = String.fromCodePoint(code);
      const key = nameKey(text);
      const forms = [
        key,
        text.toUpperCase(),
        text.toLowerCase(),
        text.normalize("NFKC"),
        text.normalize("NFD"),
      ];
      if (forms.some((form) => nameKey(form) !== key)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it.each(strangers)("differs for %s and %s", (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});

describe("two names that fold alike", () => {
  const row = (id: string, name: string) =>
    ({ id, kind: "catalog", parentId: "metastore", name, ownerId: "admins", createdById: "test" }) as const;
  const insert = async (id: string, name: string) =>
    (await db()).write((tx) => insertSecurables(tx, [row(id, name)]));

  beforeEach(async () => {
    const { prisma } = await testDatabase({ withoutNamespace: true });
    await prisma.securable.create({
      data: {
        id: "metastore",
        kind: "metastore",
        name: "metastore",
        nameKey: "metastore",
        ownerId: "admins",
      },
    });
  });

  it.each(twins)("%s and %s conflict", async (a, b) => {
    const { prisma } = await db();
    await insert("one", a);
    await expect(insert("two", b)).rejects.toMatchObject({ code: "conflict" });
    expect((await findChild(prisma, "metastore", b))?.id).toBe("one");
    const raw = { ...row("two", b), nameKey: nameKey(b) };
    await expect(prisma.securable.create({ data: raw })).rejects.toMatchObject({ code: "P2002" });
  });

  it("conflict when one is renamed to the other, and not with itself", async () => {
    const [first] = await insert("one", "straße");
    const [second] = await insert("two", "other");
    if (!first || !second) throw new Error("Nothing was made");
    const rename = async (of: typeof first, name: string) =>
      (await db()).write((tx) => changeSecurable(tx, of, { name }, { id: "test" }));
    await expect(rename(second, "STRASSE")).rejects.toMatchObject({ code: "conflict" });
    expect((await rename(first, "STRASSE")).name).toBe("STRASSE");
  });

  it("do not conflict once one is dropped", async () => {
    const made = await insert("one", "straße");
    const drop = { id: "one", byId: "test", at: new Date() };
    await (await db()).write((tx) => markDropped(tx, made, drop));
    expect(await insert("two", "STRASSE")).toHaveLength(1);
  });

  it("are both found by a search for either", async () => {
    const { prisma } = await db();
    await insert("one", "große_straße");
    for (const search of ["STRASSE", "ｓｔｒａßｅ", "GROẞE"]) {
      const rows = await findVisible(prisma, {
        closure: ["admins"],
        question: "BROWSE",
        scope: { privileges: null, securables: null },
        kinds: ["catalog"],
        search,
        limit: 10,
      });
      expect(rows.map(({ id }) => id)).toEqual(["one"]);
    }
  });

  it("of the longest length fit the index", async () => {
    const name = securableName.parse("\u{20000}".repeat(127));
    expect(await insert("one", name)).toHaveLength(1);
  });
});

const unseen = [
  ["zero width space", "\u200b"],
  ["zero width joiner", "\u200d"],
  ["soft hyphen", "\u00ad"],
  ["right-to-left override", "\u202e"],
  ["byte order mark", "\ufeff"],
  ["null", "\0"],
  ["line separator", "\u2028"],
  ["combining grapheme joiner", "\u034f"],
  ["hangul filler", "\u3164"],
  ["half-width hangul filler", "\uffa0"],
  ["variation selector", "\ufe0f"],
  ["tag character", "\u{e0041}"],
  ["blank of braille", "\u2800"],
  ["lone surrogate", "\ud800"],
  ["private use", "\ue000"],
  ["unassigned", "\u0378"],
] as const;

describe("a name", () => {
  it.each(unseen)("with a %s is refused", (_, character) => {
    expect(securableName.safeParse(`or${character}ders`).success).toBe(false);
    expect(calledName.safeParse(`or${character}ders`).success).toBe(false);
  });

  it.each([
    "a.b",
    "a/b",
    "a b",
    "a\u00a0b",
    "a\u3000b",
    "a\uff0eb",
    "a\uff0fb",
    "a\u2024b",
    "",
    "a".repeat(256),
  ])("like %j is refused", (name) => {
    expect(securableName.safeParse(name).success).toBe(false);
  });

  it("whose key would be longer than 255 characters is refused", () => {
    expect(securableName.safeParse("\ufdfa".repeat(20)).success).toBe(false);
  });

  it.each(["orders", "Bestellungen_2026", "straße", "注文", "заказы", "a-b", "x²"])(
    "like %s is taken",
    (name) => {
      expect(securableName.parse(name)).toBe(name.normalize("NFC"));
    },
  );
});
