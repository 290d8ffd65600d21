"use client";
import dynamic from "next/dynamic";
import type { ObjectDialogsProps } from "./open-dialog";

const OpenDialog = dynamic(() => import("./open-dialog").then((module) => module.OpenDialog), { ssr: false });

/** Whichever dialog is open over an object's page; fetched when the first one opens. */
export function ObjectDialogs(props: ObjectDialogsProps) {
  return props.dialogs.dialog ? <OpenDialog {...props} /> : null;
}
