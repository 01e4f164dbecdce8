import type { QueryClient } from "@tanstack/react-query";
import type { Account } from "../api/generated";
import { forget_all } from "../base/device";
import { stop_events } from "../base/events";
import { keep_language } from "../base/language";
import { go } from "./router";

/** Nothing of the person stays on this device after signing out. */
export async function sign_out_here(queries: QueryClient): Promise<void> {
  stop_events();
  await forget_all();
  keep_language();
  queries.clear();
  queries.setQueryData(["me"], null);
  go("/welcome", { replace: true });
  // Signing out clears the site's storage, the service worker too; Get help now must keep working without a network.
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}

export function signed_in(queries: QueryClient, account: Account): void {
  queries.setQueryData(["me"], account);
}
