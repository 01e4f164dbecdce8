/* Whether what is written can be kept at this moment. The server tells open pages by itself; those that hear nothing ask. */

import { useEffect, useRef } from "react";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { get, on_unavailable, type Answer } from "./client";
import { use_event } from "./events";

type Keeping = Answer<"GET", "/keeping">;

const key = ["keeping"];
const since_of = ({ data }: UseQueryResult<Keeping>) => (data?.keeps === false ? data.since : null);
const query = { queryKey: key, queryFn: ({ signal }: { signal: AbortSignal }) => get("/keeping", { signal }), staleTime: 0, retry: false };

/** Nothing while it is kept; otherwise since when it is not. As the page's use_watched_keeping() knows it. */
export function use_not_kept(): string | null {
  return since_of(useQuery({ ...query, enabled: false }));
}

/** The same, and keeps asking. Once a page: in the bar that tells it. */
export function use_watched_keeping(): string | null {
  const queries = useQueryClient();
  const keeping = useQuery({ ...query, refetchInterval: ({ state }) => (state.data?.keeps === false ? 4_000 : 30_000) });
  useEffect(() => on_unavailable(() => void queries.invalidateQueries({ queryKey: key })), [queries]);
  use_event((event) => {
    if (event.kind === "keeping" || event.kind === "resync") void queries.invalidateQueries({ queryKey: key });
  });

  // What could not be read meanwhile is asked for again, without anybody's touch.
  const kept = keeping.data?.keeps;
  const was_kept = useRef(true);
  useEffect(() => {
    if (kept === undefined) return;
    if (kept && !was_kept.current) void queries.invalidateQueries({ predicate: (other) => other.queryKey[0] !== key[0] });
    was_kept.current = kept;
  }, [kept, queries]);
  return since_of(keeping);
}
