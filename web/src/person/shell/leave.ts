/* Leave: the screen is blank at once, this page's place in the history becomes a neutral one, and coming back meets a cover. */

import { setting } from "../../base/device";

const leave_place = "rail.leave-url";
const covered = "rail.locked";

export function remember_leave_url(url: string): void {
  if (/^https:\/\//.test(url)) setting.write(leave_place, url);
}

export function leave_url(): string {
  return setting.read(leave_place) ?? "about:blank";
}

export function is_covered(): boolean {
  return setting.read(covered) !== null;
}

export function cover(on: boolean): void {
  setting.write(covered, on ? "1" : null);
}

export function leave(): void {
  document.documentElement.classList.add("blank");
  document.title = "";
  cover(true);
  try {
    sessionStorage.clear();
  } catch {
    // The place is left all the same.
  }
  location.replace(leave_url());
}

/** Shift three times within five seconds; any other key between them starts the count again, so that typing never leaves. */
export function listen_for_leave(): () => void {
  let presses: number[] = [];
  const heard = (event: KeyboardEvent) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < 5000), now];
    if (presses.length >= 3) leave();
  };
  addEventListener("keydown", heard);
  return () => removeEventListener("keydown", heard);
}
