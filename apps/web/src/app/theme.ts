import { createStore } from "../lib/store.ts";

export type Theme = "system" | "light" | "dark";

const key = "spillway.theme";
const isTheme = (text: string | null): text is Theme =>
  text === "light" || text === "dark" || text === "system";

function stored(): Theme {
  try {
    const text = localStorage.getItem(key);
    return isTheme(text) ? text : "system";
  } catch {
    return "system";
  }
}

export const theme = createStore<Theme>(stored());

/** Puts the chosen theme on the page; called before the first paint and at each change. */
export function showTheme(): void {
  const chosen = theme.get();
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export function setTheme(next: Theme): void {
  theme.set(next);
  showTheme();
  try {
    localStorage.setItem(key, next);
  } catch {
    // A browser that keeps nothing still shows the theme until the tab closes.
  }
}
