import { useQuery } from "@tanstack/react-query";
import { get } from "./client";

/** What the service says about itself to anyone. */
export function use_service() {
  return useQuery({ queryKey: ["service"], queryFn: ({ signal }) => get("/service", { signal }), staleTime: 5 * 60_000 });
}
