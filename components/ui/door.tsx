"use client";
import { Slot } from "radix-ui";
import { type ComponentType, type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react";
import { toast } from "./toast-store";

/** What a door opens: from its first rendering it is open, with the same button before it. */
export type Opened<Props> = Props & { byKeyboard: boolean };

interface DoorProps<Props> {
  popup: "menu" | "dialog";
  /** How it is called where it cannot be fetched. */
  name: string;
  fetch: () => Promise<ComponentType<Opened<Props>>>;
  props: Props;
}

/** A button whose popup is rarely opened, so that what makes it is fetched when a hand comes near. */
export function Door<Props extends { trigger: ReactNode }>({ popup, name, fetch, props }: DoorProps<Props>) {
  const [opened, setOpened] = useState<{ As: ComponentType<Opened<Props>>; byKeyboard: boolean } | null>(
    null,
  );
  const open = (byKeyboard: boolean) =>
    fetch().then(
      (As) => setOpened({ As, byKeyboard }),
      () => toast({ message: `The ${name} could not be fetched. Reload the page.`, tone: "danger" }),
    );
  const prepare = () => void fetch().catch(() => undefined);
  if (opened) return <opened.As {...props} byKeyboard={opened.byKeyboard} />;
  return (
    <Slot.Root
      aria-haspopup={popup}
      aria-expanded={false}
      onPointerEnter={prepare}
      onFocus={prepare}
      // A press of Enter or Space is a click without a button.
      onClick={({ detail }: MouseEvent) => void open(detail === 0)}
      onKeyDown={(event: KeyboardEvent) => {
        if (popup !== "menu" || event.key !== "ArrowDown") return;
        event.preventDefault();
        void open(true);
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
}
