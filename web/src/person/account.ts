import { useQuery } from "@tanstack/react-query";
import { get } from "../base/client";
import { as_problem } from "../base/problem";

/** Who is signed in on this browser; null when nobody is. */
export function use_account() {
  return useQuery({
    queryKey: ["me"],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return await get("/me", { signal });
      } catch (error) {
        if (as_problem(error).status === 401) return null;
        throw error;
      }
    },
  });
}
