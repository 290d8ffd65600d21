"use client";
import { Door } from "./door";
import type { MenuProps } from "./menu-items";

export type { MenuItem } from "./menu-items";

const fetchMenu = () => import("./opened-menu").then(({ OpenedMenu }) => OpenedMenu);

/** Actions on one thing, opened by a button. */
export function Menu(props: MenuProps) {
  return <Door popup="menu" name="menu" fetch={fetchMenu} props={props} />;
}
