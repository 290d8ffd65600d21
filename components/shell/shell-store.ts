import { create } from "zustand";

export interface Place {
  label: string;
  href: string;
}

interface ShellState {
  palette: boolean;
  keys: boolean;
  /** The open thing's name, behind the page in the breadcrumb. */
  crumb: string | undefined;
  /** What the open thing lies in, from the outside in. */
  trail: readonly Place[];
}

/** What of the shell is open; one small store for the shell alone. */
export const useShell = create<ShellState>(() => ({
  palette: false,
  keys: false,
  crumb: undefined,
  trail: [],
}));

export function openPalette(): void {
  useShell.setState({ palette: true, keys: false });
}

export function openKeys(): void {
  useShell.setState({ keys: true, palette: false });
}
