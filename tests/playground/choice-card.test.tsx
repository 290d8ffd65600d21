// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ChoiceCard } from "@/components/playground/choice-card";
import { entriesOf } from "@/components/playground/model-picker";
import type { ServedModel } from "@/lib/gateway";
import { choicesOf } from "@/lib/playground/client";
import { show, standInForBrowser } from "../ui/page";

standInForBrowser();

const served: ServedModel = {
  id: "old-1",
  task: "chat",
  engine: "server",
  inBrowser: false,
  description: "Short answers.",
  license: "Apache-2.0",
  ownedBy: "tessera",
  created: 1,
};

it("says of a model that is deprecated since when and why, before it is chosen", () => {
  const deprecation = { from: "2024-02-03T12:00:00.000Z", why: "Use desk-2.", isInForce: true };
  const [choice, other] = choicesOf([
    { ...served, deprecation },
    { ...served, id: "new-1" },
  ]);
  if (!choice || !other) throw new Error("There is no choice.");
  expect(entriesOf([choice, other]).map(({ detail }) => detail)).toEqual(["deprecated", "Apache-2.0"]);
  show(<ChoiceCard choice={choice} />);
  expect(document.body.textContent).toContain("Deprecated since 3 Feb 2024: Use desk-2.");
  expect(screen.getByRole("link", { name: "Model card" })).toBeTruthy();
});
