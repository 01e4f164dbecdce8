import type { QueryClient } from "@tanstack/react-query";
import { post } from "../../base/client";
import { stop_events } from "../../base/events";

/** Ends the session here and forgets everything this page knew. */
export async function sign_out(queries: QueryClient): Promise<void> {
  try {
    await post("/sign-out");
  } finally {
    stop_events();
    queries.clear();
    location.assign("/staff");
  }
}
