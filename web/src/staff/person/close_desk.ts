/* What the section on somebody close asks of the server. */

import { type QueryClient, useQuery } from "@tanstack/react-query";
import { get, put, remove } from "../../base/client";
import { use_change } from "../server";

export interface Of {
  person: string;
  informant: string;
}

const again = (queries: QueryClient) => void queries.invalidateQueries({ queryKey: ["person"] });

export const use_close = (person: string) => useQuery({ queryKey: ["person", person, "informants"], queryFn: () => get("/people/{person}/informants", { path: { person } }), retry: false });
export const use_plan_close = () => use_change(({ person, informant, ...body }: Of & { form: string; every_days: number; at: string }, key) => put("/people/{person}/informants/{informant}/plan", { path: { person, informant }, body, key }), again);
export const use_stop_close = () => use_change((path: Of, key) => remove("/people/{person}/informants/{informant}/plan", { path, key }), again);
export const use_understood = () => use_change(({ note, ...path }: Of & { note: string }, key) => put("/people/{person}/informants/{informant}/understood", { path, body: { note }, key }), again);
export const use_release = () => use_change(({ note, ...path }: Of & { note: string }, key) => put("/people/{person}/informants/{informant}/release", { path, body: { reason: note }, key }), again);
