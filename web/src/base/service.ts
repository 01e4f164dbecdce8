import { useQuery } from "@tanstack/react-query";
import type { Service } from "../api/types";
import { get } from "./client";

/** What the service says about itself to anyone. */
export function use_service() {
  return useQuery({ queryKey: ["service"], queryFn: ({ signal }) => get<Service>("/service", { signal }), staleTime: 5 * 60_000 });
}
