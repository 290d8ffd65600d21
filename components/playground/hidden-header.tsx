import { Badge } from "@/components/ui/badge";
import { Slot } from "./slot";

/** The head of a column whose model is not to be known before the vote. */
export function HiddenHeader({ letter }: { letter: string }) {
  return (
    <header className="flex h-10 flex-none items-center gap-2 border-b px-3.5 pointer-coarse:h-11">
      <Slot letter={letter} />
      <h2>Model {letter}</h2>
      <Badge title="Its name and figures show once you have voted.">blind</Badge>
    </header>
  );
}
