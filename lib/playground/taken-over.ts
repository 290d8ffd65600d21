import type { PlaygroundDocument } from "./document";

/**
 * A document from elsewhere as one's own. To take it over is to ask for its first save; it goes on saving
 * itself only as any other does, so that prompts of a browser run are not sent without a word.
 */
export function takenOver(document: PlaygroundDocument): PlaygroundDocument {
  const answers = [
    ...document.turns.flatMap((turn) => Object.values(turn.answers).flat()),
    ...document.rows.flatMap((row) => Object.values(row.answers)),
  ];
  return { ...document, saving: answers.some(({ engine }) => engine.kind === "browser") ? "asked" : "auto" };
}
