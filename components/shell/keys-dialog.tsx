"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useShell } from "./shell-store";

const groups = [
  {
    label: "Everywhere",
    keys: [
      ["⌘K", "Search or jump to"],
      ["?", "This list"],
      ["⌘↵", "Confirm the open dialog"],
      ["Esc", "Close what is open"],
    ],
  },
  {
    label: "Playground",
    keys: [
      ["⌘↵", "Run"],
      ["Esc", "Stop every column"],
      ["⌫", "Make a parameter blank again"],
    ],
  },
  {
    label: "Catalog",
    keys: [
      ["G", "Grant on the open object"],
      ["← →", "Close and open in the tree"],
    ],
  },
  {
    label: "Prompts",
    keys: [["[ ]", "The version before and after"]],
  },
  {
    label: "Lists",
    keys: [
      ["/", "Filter the list"],
      ["J K", "Next and previous prompt"],
      ["T", "Show the table behind a chart"],
      ["↑ ↓", "Move in menus and lists"],
      ["↵", "Open or choose"],
    ],
  },
] as const;

/** Every key, by where it acts. */
export function KeysDialog() {
  const open = useShell((state) => state.keys);
  return (
    <Dialog open={open} onOpenChange={(keys) => useShell.setState({ keys })} title="Keys">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group.label}>
            <h3 className="pb-1 text-micro font-regular text-fg-subtle">{group.label}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={keys} className="flex h-7.5 items-center border-b last:border-0">
                  <dt className="order-2 ml-auto">
                    <Kbd keys={keys} />
                    <span className="sr-only">{keys}</span>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
