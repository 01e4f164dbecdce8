/* What the page of designed check-ins asks of the server. */

import { useQuery } from "@tanstack/react-query";
import { get, post } from "../../base/client";
import { use_change } from "../server";
import type { Design_body } from "./draft";

export const use_designs = () => useQuery({ queryKey: ["check-in-designs"], queryFn: () => get("/check-in-designs") });

const again = (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => void queries.invalidateQueries({ queryKey: ["check-in-designs"] });

/** A new one, or a new version of the one that was changed. */
export const use_save_design = () =>
  use_change(
    ({ body, from }: { body: Design_body; from?: { id: string; version: number } }, key) =>
      from ? post("/check-in-designs/{design}/versions", { path: { design: from.id }, body: { from_version: from.version, ...body }, key }) : post("/check-in-designs", { body, key }),
    again,
  );
export const use_retire_design = () => use_change((design: string, key) => post("/check-in-designs/{design}/retire", { path: { design }, key }), again);
