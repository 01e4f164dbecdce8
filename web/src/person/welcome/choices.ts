/* What was chosen on the way in. It stays in this tab until the account exists, so that nothing is asked twice. */

import { useSyncExternalStore } from "react";
import type { Body } from "../../base/client";

export interface Chosen {
  age_band: Age_band | null;
  country: string | null;
  record: boolean | null;
  staff_reading: boolean | null;
  language_model: boolean | null;
  research: boolean | null;
}

export const purposes = ["record", "staff_reading", "language_model", "research"] as const;
export type Age_band = Body<"POST", "/sign-up">["age_band"];
export const age_bands: readonly Age_band[] = ["under_13", "13_17", "18_25", "26_64", "65_plus"];

const place = "rail.choices";
const listeners = new Set<() => void>();
const nothing: Chosen = { age_band: null, country: null, record: null, staff_reading: null, language_model: null, research: null };

function read(): Chosen {
  try {
    return { ...nothing, ...(JSON.parse(sessionStorage.getItem(place) ?? "{}") as Partial<Chosen>) };
  } catch {
    return nothing;
  }
}

let chosen = typeof sessionStorage === "undefined" ? nothing : read();

export function choose(more: Partial<Chosen>): void {
  chosen = { ...chosen, ...more };
  try {
    sessionStorage.setItem(place, JSON.stringify(chosen));
  } catch {
    // The page still holds them.
  }
  for (const listener of listeners) listener();
}

export function forget_choices(): void {
  chosen = nothing;
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
}

export function use_chosen(): Chosen {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}
