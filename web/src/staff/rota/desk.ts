/* What the rota asks of the server. */

import { useQuery } from "@tanstack/react-query";
import { type Answer, type Body, get, post, remove } from "../../base/client";
import { use_change } from "../server";

export type Rota = Answer<"GET", "/rota">;
export type Stretch = Rota["days"][number]["stretches"][number];
export type Gap = Rota["gaps"][number];

export const use_rota = (team: string, day: string) => useQuery({ queryKey: ["rota", team, day], queryFn: () => get("/rota", { query: { team: team || undefined, day: day || undefined } }), refetchInterval: 60_000, placeholderData: (before) => before });

export type OnCallTeam = Answer<"GET", "/on-call">["items"][number];
/** For one's own teams; a lead's are all. */
export const use_on_call = (enabled = true) => useQuery({ queryKey: ["on-call"], queryFn: () => get("/on-call"), refetchInterval: 60_000, enabled });
const again_on_call = (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => void queries.invalidateQueries({ queryKey: ["on-call"] });
export const use_leave_note = () => use_change((body: Body<"POST", "/on-call/notes">, key) => post("/on-call/notes", { body, key }), again_on_call);
export const use_take_back_note = () => use_change((note: string, key) => remove("/on-call/notes/{note}", { path: { note }, key }), again_on_call);

const again = (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => void queries.invalidateQueries({ queryKey: ["rota"] });

export const use_add_shift = () => use_change((body: Body<"POST", "/rota/shifts">, key) => post("/rota/shifts", { body, key }), again);
export const use_add_override = () => use_change((body: Body<"POST", "/rota/overrides">, key) => post("/rota/overrides", { body, key }), again);
export const use_add_leave = () => use_change((body: Body<"POST", "/rota/leave">, key) => post("/rota/leave", { body, key }), again);
export const use_remove_shift = () => use_change((shift: string, key) => remove("/rota/shifts/{shift}", { path: { shift }, key }), again);
export const use_remove_override = () => use_change((override: string, key) => remove("/rota/overrides/{override}", { path: { override }, key }), again);
export const use_remove_leave = () => use_change((leave: string, key) => remove("/rota/leave/{leave}", { path: { leave }, key }), again);
