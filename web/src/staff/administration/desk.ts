/* What administrators ask of the server. No words of people pass here. */

import { useQuery } from "@tanstack/react-query";
import { type Answer, type Body, get, patch, post, put, remove } from "../../base/client";
import { use_change } from "../server";

export type StaffAccount = Answer<"GET", "/admin/accounts">["items"][number];
export type LocalHelp = Answer<"GET", "/admin/local-help">["items"][number];
export type CrisisLine = Answer<"GET", "/admin/crisis-lines">["items"][number];
export type { FirstAssessmentSettings as FirstSettings, Settings, Team } from "../../api/generated";

export const use_state = () => useQuery({ queryKey: ["admin-state"], queryFn: () => get("/admin/state"), refetchInterval: 30_000 });
export const use_measurements = () => useQuery({ queryKey: ["admin-measurements"], queryFn: () => get("/admin/measurements"), refetchInterval: 60_000 });
export const use_accounts = () => useQuery({ queryKey: ["admin-accounts"], queryFn: () => get("/admin/accounts") });
export const use_invitations = () => useQuery({ queryKey: ["admin-invitations"], queryFn: () => get("/admin/invitations") });
export const use_teams = () => useQuery({ queryKey: ["admin-teams"], queryFn: () => get("/admin/teams") });
export const use_lines = (country: string) => useQuery({ queryKey: ["admin-lines", country], queryFn: () => get("/admin/crisis-lines", { query: { country } }) });
export const use_local_help = () => useQuery({ queryKey: ["admin-local"], queryFn: () => get("/admin/local-help") });
export const use_settings = () => useQuery({ queryKey: ["admin-settings"], queryFn: () => get("/admin/settings") });
export const use_first_settings = () => useQuery({ queryKey: ["admin-first"], queryFn: () => get("/admin/first-assessment") });
export const use_texts = (language: string) => useQuery({ queryKey: ["admin-texts", language], queryFn: () => get("/admin/texts", { query: { language } }) });

export interface AuditFilter {
  account: string;
  deed: string;
}
export const audit_page = (filter: AuditFilter, before?: string) => get("/admin/audit", { query: { ...filter, before } });

const again = (...names: string[]) => (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => {
  for (const name of [...names, "admin-state", "service"]) void queries.invalidateQueries({ queryKey: [name] });
};

export const use_change_account = () => use_change(({ id, ...body }: { id: string } & Body<"PATCH", "/admin/accounts/{account}">, key) => patch("/admin/accounts/{account}", { path: { account: id }, body, key }), again("admin-accounts", "admin-teams"));
export const use_invite = () => use_change((body: Body<"POST", "/admin/invitations">, key) => post("/admin/invitations", { body, key }), again("admin-invitations"));
export const use_call_back = () => use_change((id: string, key) => remove("/admin/invitations/{invitation}", { path: { invitation: id }, key }), again("admin-invitations"));
export const use_new_team = () => use_change((body: { name: string }, key) => post("/admin/teams", { body, key }), again("admin-teams"));
export const use_change_team = () => use_change(({ id, ...body }: { id: string } & Body<"PATCH", "/admin/teams/{team}">, key) => patch("/admin/teams/{team}", { path: { team: id }, body, key }), again("admin-teams", "admin-accounts"));
export const use_accept_line = () => use_change(({ id, ...body }: { id: string } & Body<"POST", "/admin/crisis-lines/{line}/accept">, key) => post("/admin/crisis-lines/{line}/accept", { path: { line: id }, body, key }), again("admin-lines"));
export const use_refuse_line = () => use_change((id: string, key) => remove("/admin/crisis-lines/{line}/accept", { path: { line: id }, key }), again("admin-lines"));
export const use_save_local_help = () => use_change((body: Body<"PUT", "/admin/local-help">, key) => put("/admin/local-help", { body, key }), again("admin-local"));
export const use_save_settings = () => use_change((body: Body<"PUT", "/admin/settings">, key) => put("/admin/settings", { body, key }), again("admin-settings"));
export const use_save_first_settings = () => use_change((body: Body<"PUT", "/admin/first-assessment">, key) => put("/admin/first-assessment", { body, key }), again("admin-first"));
export const use_test_page = () => use_change((body: { account: string }, key) => post("/admin/test-page", { body, key }), again("admin-settings"));
export const use_sign_texts = () => use_change(({ language, version }: { language: string; version: string }, key) => post("/admin/texts/{language}/sign", { path: { language }, body: { version }, key }), again("admin-texts"));
export const use_verify = () => use_change((_: null, key) => post("/admin/audit/verify", { key, within: 120_000 }));
