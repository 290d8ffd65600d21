"use client";
import { Door } from "./door";
import type { ComboboxButtonProps } from "./opened-combobox";

const fetchList = () => import("./opened-combobox").then(({ OpenedCombobox }) => OpenedCombobox);

/** One of many known values, behind a button that is part of a page's first view. */
export function ComboboxButton(props: ComboboxButtonProps) {
  return <Door popup="dialog" name="list" fetch={fetchList} props={props} />;
}
