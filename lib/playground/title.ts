import { cutText } from "@/lib/core";
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
  const head = cutText(line, longest);
  const space = head.lastIndexOf(" ");
  return `${space > longest / 2 ? head.slice(0, space) : head}…`;
}
