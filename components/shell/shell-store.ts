import { create } from "zustand";

interface ShellState {
  palette: boolean;
  keys: boolean;
  /** The open thing's name, behind the page in the breadcrumb. */
  crumb: string | undefined;
}

/** What of the shell is open; one small store for the shell alone. */
export const useShell = create<ShellState>(() => ({ palette: false, keys: false, crumb: undefined }));

export function openPalette(): void {
  useShell.setState({ palette: true, keys: false });
}

export function openKeys(): void {
  useShell.setState({ keys: true, palette: false });
}
