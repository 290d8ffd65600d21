export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** Read by the server, so that the first paint already has the right ground. */
export const themeCookie = "theme";

export function themeOf(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}

/** The theme of the page as it stands. */
export function currentTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

const yearSeconds = 31_536_000;

/** Applies a theme at once and keeps it for the next visit. */
export function setTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === "system" ? 0 : yearSeconds;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent from Firefox and Safari before 18.4.
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${age}; samesite=lax`;
}

/** The other of light and dark, whichever is seen now. */
export function toggleTheme(): void {
  const theme = currentTheme();
  const dark =
    theme === "dark" || (theme === "system" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  setTheme(dark ? "light" : "dark");
}
