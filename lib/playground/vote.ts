import { z } from "zod";
import { engineKinds } from "@/lib/inference";
import { promptFullName, versionNumber } from "@/lib/prompts";
import { bounds, text } from "./bounds";

const model = z.string().min(1).max(200);

/** A model in the place where it runs. */
export const placedModel = z.strictObject({ model, engine: z.enum(engineKinds) });
type PlacedModel = z.infer<typeof placedModel>;

/** What answered, and the version of a prompt of the library that asked it, where that was not changed. */
export const contender = placedModel.extend({
  prompt: z.strictObject({ name: promptFullName, version: versionNumber }).optional(),
});
export type Contender = z.infer<typeof contender>;

/** `all bad`, too, says that none was better than another; it counts as a tie and is told apart in the figures. */
export const voteOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("best"), index: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal("tie") }),
  z.strictObject({ kind: z.literal("bad") }),
]);
export type VoteOutcome = z.infer<typeof voteOutcome>;

const task = text(60).trim();

export const voteInput = z
  .strictObject({
    task,
    /** As they stood side by side; `index` counts in this order. */
    contenders: z.array(contender).min(2).max(bounds.columns),
    outcome: voteOutcome,
    /** SHA-256 of the input, in hexadecimal. */
    promptHash: z.string().regex(/^[0-9a-f]{64}$/, "Not a SHA-256 in hexadecimal."),
  })
  .refine(({ contenders, outcome }) => outcome.kind !== "best" || outcome.index < contenders.length, {
    path: ["outcome"],
    message: "There is no contender of this index.",
  })
  .refine(({ contenders }) => new Set(contenders.map(sideOf)).size > 1, {
    path: ["contenders"],
    message: "A model is compared with itself only where versions of prompts differ.",
  });
export type VoteInput = z.infer<typeof voteInput>;

/** A contender's model as one word: `server:pebble-2m`. */
export function nameOf({ model, engine }: PlacedModel): string {
  return `${engine}:${model}`;
}

/** As `nameOf`, with the version of a prompt that asked: `server:pebble-2m main.support.triage@3`. */
export function sideOf({ prompt, ...placed }: Contender): string {
  return prompt ? `${nameOf(placed)} ${prompt.name}@${prompt.version}` : nameOf(placed);
}

/** A vote as it is kept; its contenders stand in the order of their sides. */
export const vote = z.object({
  id: z.string(),
  task: z.string(),
  contenders: z.array(contender),
  outcome: voteOutcome,
  promptHash: z.string(),
  createdAt: z.iso.datetime(),
});
export type Vote = z.infer<typeof vote>;

export const voteFilter = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });
export type VoteFilter = z.infer<typeof voteFilter>;

export const leaderboardFilter = z.strictObject({
  /** Absent: all tasks. Empty: votes without a task. */
  task: task.optional(),
  whose: z.enum(["mine", "everyone"]).default("everyone"),
});
export type LeaderboardFilter = z.infer<typeof leaderboardFilter>;

const place = z.number().int().min(1);

/** Scores and intervals as `bradley-terry.ts` defines them. */
export const leaderboardRow = placedModel.extend({
  score: z.number(),
  low: z.number(),
  high: z.number(),
  rank: z.tuple([place, place]),
  winRate: z.number(),
  votes: z.number().int(),
});
export type LeaderboardRow = z.infer<typeof leaderboardRow>;

/** Counts only: nothing in it says who voted. */
export const leaderboard = z.object({
  votes: z.number().int(),
  /** Of the votes. */
  ties: z.number().int(),
  bad: z.number().int(),
  /** Tasks under which there are votes, the most used first. */
  tasks: z.array(z.object({ task: z.string(), votes: z.number().int() })),
  /** Best first. Models of different groups were never compared, not even over others. */
  groups: z.array(z.array(leaderboardRow)),
});
export type Leaderboard = z.infer<typeof leaderboard>;
