import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

/** One cache for each page load, in memory only: nothing a person wrote is kept on the device by it. */
export function make_queries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always", // the client's own error says that there is no network
        retry: (count, error) => count < 2 && error instanceof Problem && error.may_pass && error.status !== 0,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
