"use client";
import { Slot } from "radix-ui";
import { type ComponentType, type KeyboardEvent, type MouseEvent, useState } from "react";
import type { MenuProps, OpenedMenuProps } from "./menu-items";

export type { MenuItem } from "./menu-items";

// Most menus are never opened, so what makes one is fetched when a hand comes near.
const fetchMenu = () => import("./opened-menu");

/** Actions on one thing, opened by a button. */
export function Menu(props: MenuProps) {
  const [Opened, setOpened] = useState<ComponentType<OpenedMenuProps> | null>(null);
  const [byKeyboard, setByKeyboard] = useState(false);
  const open = async (keyboard: boolean) => {
    const { OpenedMenu } = await fetchMenu();
    setByKeyboard(keyboard);
    setOpened(() => OpenedMenu);
  };
  const prepare = () => void fetchMenu().catch(() => undefined);
  if (Opened) return <Opened {...props} byKeyboard={byKeyboard} />;
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
