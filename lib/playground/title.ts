import type { PlaygroundDocument } from "./document";

const longest = 60;

/** A title from the first words a user wrote, cut at a word. */
export function titleOf(document: {
  messages: PlaygroundDocument["messages"];
  turns: Pick<PlaygroundDocument["turns"][number], "user">[];
}): string {
  const asked = document.messages.find(({ role, text }) => role === "user" && text.trim() !== "");
  const source = document.turns.find((turn) => turn.user.trim() !== "")?.user ?? asked?.text ?? "";
  const line = source.trim().slice(0, 1_000).split(/\s+/).join(" ");
  if (line === "") return "Untitled comparison";
  if (line.length <= longest) return line;
  const head = line.slice(0, longest);
  const cut = head.lastIndexOf(" ");
  const kept = cut > longest / 2 ? head.slice(0, cut) : head;
  // A cut between the halves of a surrogate pair would leave a character that no database stores.
  return `${kept.replace(/[\uD800-\uDBFF]$/, "")}…`;
}
