"use client";
import { Slot } from "radix-ui";
import { type ComponentType, type KeyboardEvent, type MouseEvent, useState } from "react";
import type { MenuProps, OpenedMenuProps } from "./menu-items";
import { toast } from "./toast-store";

export type { MenuItem } from "./menu-items";

// Most menus are never opened, so what makes one is fetched when a hand comes near.
const fetchMenu = () => import("./opened-menu");

/** Actions on one thing, opened by a button. */
export function Menu(props: MenuProps) {
  const [opened, setOpened] = useState<{ As: ComponentType<OpenedMenuProps>; byKeyboard: boolean } | null>(
    null,
  );
  const open = (byKeyboard: boolean) =>
    fetchMenu().then(
      ({ OpenedMenu }) => setOpened({ As: OpenedMenu, byKeyboard }),
      () => toast({ message: "The menu could not be fetched. Reload the page.", tone: "danger" }),
    );
  const prepare = () => void fetchMenu().catch(() => undefined);
  if (opened) return <opened.As {...props} byKeyboard={opened.byKeyboard} />;
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={prepare}
      onFocus={prepare}
      // A press of Enter or Space is a click without a button.
      onClick={({ detail }: MouseEvent) => void open(detail === 0)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "ArrowDown") return;
        event.preventDefault();
        void open(true);
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
}
