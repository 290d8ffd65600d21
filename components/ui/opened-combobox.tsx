"use client";
import type { ReactNode } from "react";
import { Combobox, type ComboboxProps } from "./combobox";
import type { Opened } from "./door";

export interface ComboboxButtonProps extends Omit<ComboboxProps, "trigger" | "startsOpen"> {
  trigger: ReactNode;
}

/** A combobox whose button was pressed once: its list opens at once and stays ready. */
export function OpenedCombobox({ byKeyboard: _, ...props }: Opened<ComboboxButtonProps>) {
  return <Combobox {...props} startsOpen />;
}
