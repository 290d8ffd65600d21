/** Why answers cannot be judged blind now. */
export function blindIsOff(columns: number, sameInput: boolean, layout: string): string | undefined {
  if (columns < 2) return "Needs a second column";
  if (!sameInput) return "Needs the same input in all columns";
  return layout === "grid" ? "Is for the chat" : undefined;
}
