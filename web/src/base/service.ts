import { useQuery } from "@tanstack/react-query";
import { get } from "./client";

/** What the service says about itself to anyone. */
export function use_service() {
  const language = document.documentElement.lang || "en"; // who reads now is said in the page's language
  return useQuery({ queryKey: ["service", language], queryFn: ({ signal }) => get("/service", { query: { language }, signal }), staleTime: 5 * 60_000 });
}
