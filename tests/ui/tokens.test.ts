import { describe, expect, it } from "vitest";
import { contrast, deltaE2000, deltaE2000Lab, type Rgb, type Sight, seenBy } from "./colour";
import { readTokens, type Theme } from "./tokens";

const grounds = ["canvas", "surface", "raised", "sunken"];
const neutralText = ["fg", "fg-muted", "fg-subtle"];
const tinted = ["accent", "ok", "warn", "danger", "live", "browser", "server", "remote"];
const charts = Array.from({ length: 8 }, (_, index) => `chart-${index + 1}`);
const sights: Sight[] = ["normal", "deutan", "protan"];

describe("the measures themselves", () => {
  it("give the published CIEDE2000 values", () => {
    // Pairs 1, 4, 17 and 25 of Sharma, Wu and Dalal's test data.
    expect(deltaE2000Lab([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
    expect(deltaE2000Lab([50, -1.3802, -84.2814], [50, 0, -82.7485])).toBeCloseTo(1, 4);
    expect(deltaE2000Lab([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4);
    expect(deltaE2000Lab([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
  });

  it("give 21 for black on white", () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5);
  });
});

describe.each<Theme>(["light", "dark"])("tokens, %s", (theme) => {
  const tokens = readTokens(theme);
  const colour = (name: string): Rgb => {
    const found = tokens.get(name);
    if (!found) throw new Error(`tokens.css has no colour ${name}`);
    return found;
  };
  const below = (pairs: [string, string][], least: number) =>
    pairs
      .map(([a, b]) => ({ pair: `${a} on ${b}`, ratio: contrast(colour(a), colour(b)) }))
      .filter(({ ratio }) => ratio < least);
  const across = (names: string[], on: string[]) =>
    names.flatMap((a) => on.map((b): [string, string] => [a, b]));

  it("text reads at 4.5:1 on all four grounds", () => {
    expect(below(across([...neutralText, ...tinted, "accent-strong"], grounds), 4.5)).toEqual([]);
  });

  it("coloured text reads at 4.5:1 on its own tint, and so does plain text", () => {
    const own = tinted.map((name): [string, string] => [name, `${name}-bg`]);
    const plain = across(["fg", "fg-muted", "fg-subtle"], ["accent-bg"]);
    expect(
      below(
        [...own, ...plain, ["accent-strong", "accent-bg"], ["ins-fg", "ins-bg"], ["del-fg", "del-bg"]],
        4.5,
      ),
    ).toEqual([]);
  });

  it("what stands on ink and on danger reads at 4.5:1", () => {
    expect(
      below(
        [
          ["on-ink", "ink"],
          ["on-ink", "ink-hover"],
          ["canvas", "danger"],
        ],
        4.5,
      ),
    ).toEqual([]);
  });

  it("control boundaries, marks and chart colours stand out at 3:1", () => {
    const marks = [
      "ok-solid",
      "warn-solid",
      "danger-solid",
      "live-solid",
      "browser-solid",
      "server-solid",
      "remote-solid",
    ];
    expect(below(across(["line-control", "accent", ...marks, ...charts], grounds), 3)).toEqual([]);
  });

  it.each(sights)("chart colours are apart for %s sight", (sight) => {
    const close: string[] = [];
    charts.forEach((a, index) => {
      for (const b of charts.slice(index + 1)) {
        const distance = deltaE2000(seenBy(sight, colour(a)), seenBy(sight, colour(b)));
        if (distance < 15) close.push(`${a} and ${b}: ${distance.toFixed(1)}`);
      }
    });
    expect(close).toEqual([]);
  });
});
