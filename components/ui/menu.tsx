"use client";
import { Slot } from "radix-ui";
import { type ComponentType, type KeyboardEvent, type MouseEvent, type ReactNode, useState } from "react";
import type { IconName } from "./icon";

export interface MenuItem {
  label: ReactNode;
  icon?: IconName;
  /** The key that does the same. */
  kbd?: string;
  detail?: ReactNode;
  onSelect?: () => void;
  href?: string;
  danger?: boolean;
  checked?: boolean;
  disabledReason?: string;
  /** A line above it. */
  separated?: boolean;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  items: readonly MenuItem[];
  /** Above the items, such as who is signed in. */
  header?: ReactNode;
  align?: "start" | "end";
}

export interface OpenedMenuProps extends MenuProps {
  /** The first item takes the focus. */
  byKeyboard: boolean;
}

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
