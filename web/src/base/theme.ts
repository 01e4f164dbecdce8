/* Light, dark, or as the device says. Kept on this device; it names nothing about the person. */

import { useSyncExternalStore } from "react";

export type Theme = "device" | "light" | "dark";

const place = "rail.theme";
const listeners = new Set<() => void>();

function kept(): Theme {
  try {
    const value = localStorage.getItem(place);
    return value === "light" || value === "dark" ? value : "device";
  } catch {
    return "device";
  }
}

let current: Theme = typeof localStorage === "undefined" ? "device" : kept();

export function apply_theme(theme: Theme = current): void {
  current = theme;
  if (theme === "device") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
  try {
    if (theme === "device") localStorage.removeItem(place);
    else localStorage.setItem(place, theme);
  } catch {
    // A browser without storage still shows the choice until the page closes.
  }
  for (const listener of listeners) listener();
}

export function use_theme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return [theme, apply_theme];
}
