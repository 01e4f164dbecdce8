/* Whether what is written can be kept at this moment. The server tells open pages by itself; those that hear nothing ask. */

import { useEffect, useRef } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get, on_unavailable } from "./client";
import { use_event } from "./events";

const key = ["keeping"];

/** Nothing while it is kept; otherwise since when it is not. */
export function use_not_kept(): string | null {
  const queries = useQueryClient();
  const keeping = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get("/keeping", { signal }),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.keeps === false ? 4_000 : 30_000),
    retry: false,
  });
  const ask = () => void queries.invalidateQueries({ queryKey: key });
  use_event((event) => {
    if (event.kind === "keeping" || event.kind === "resync") ask();
  });
  useEffect(() => on_unavailable(ask));

  // What could not be read meanwhile is asked for again, without anybody's touch.
  const kept = keeping.data?.keeps;
  const was_kept = useRef(true);
  useEffect(() => {
    if (kept === undefined) return;
    if (kept && !was_kept.current) void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== key[0] });
    was_kept.current = kept;
  }, [kept, queries]);
  return keeping.data?.keeps === false ? keeping.data.since : null;
}
