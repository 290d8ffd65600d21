import { cx } from "@/components/ui/cx";

const rooms = [
  [6, "[contain-intrinsic-size:auto_5rem]"],
  [24, "[contain-intrinsic-size:auto_20rem]"],
  [70, "[contain-intrinsic-size:auto_60rem]"],
  [Number.POSITIVE_INFINITY, "[contain-intrinsic-size:auto_100rem]"],
] as const;

/** For what is not laid out while it is far from what is in sight; `lines` is about how many it will have. */
export function farClass(lines: number): string {
  return cx("[content-visibility:auto]", rooms.find(([most]) => lines <= most)?.[1]);
}
