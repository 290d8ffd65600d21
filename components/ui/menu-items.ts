import type { ReactNode } from "react";
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
