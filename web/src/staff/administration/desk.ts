/* What administrators ask of the server. No words of people pass here. */

import { useQuery } from "@tanstack/react-query";
import { get, patch, post, put, remove, with_query } from "../../base/client";
import type { Role } from "../nouns";
import { type Page, use_change } from "../server";

export interface State {
  version: string;
  schema: number | string;
  store: { kind: string; answers: boolean; durable: boolean };
  keys: { epoch: number; source: string };
  backup?: { last?: string | null } | null;
  content?: { unreviewed_texts?: number; note?: string } | null;
  counts: { accounts: Partial<Record<Role, number>>; people: number };
  first_start: { id: string; title: string; done: boolean; detail?: string | null }[];
  open: boolean;
}

export interface StaffAccount {
  id: string;
  login?: string | null;
  display_name: string;
  role: Role;
  state: "active" | "suspended";
  second_factor: boolean;
  teams: { id: string; name: string }[];
  last_seen_at?: string | null;
}

export interface Invitation {
  id: string;
  role: Role;
  display_name?: string | null;
  email?: string | null;
  team?: string | null;
  ends_at: string;
}

export interface Team {
  id: string;
  name: string;
  members?: string[];
}

export interface CrisisLine {
  id: string;
  name: string;
  phone?: string | null;
  dial?: string | null;
  sms?: { number: string; keyword?: string | null } | null;
  chat_url?: string | null;
  hours?: string | null;
  free?: boolean | null;
  languages: string[];
  audience?: string | null;
  note?: string | null;
  country?: string | null;
  emergency?: boolean;
  status: string;
  sources?: string[];
  source_date?: string | null;
  accepted?: { by: string; at: string; how?: string } | null;
  conflict?: string | null;
}

export interface Settings {
  /** the one that was read; saving an older one is refused */
  version?: number;
  test_pages?: { account: string; sent_at: string; acknowledged: boolean }[];
  service_name: string;
  safety_officer?: string | null;
  responders: string[];
  staffed_hours: { days: number[]; from: string; to: string }[];
  time_zone: string;
  out_of_hours_number?: string | null;
  own_line?: { name: string; phone: string; hours?: string | null } | null;
  leave_url: string;
  retention_days: number;
  minimum_age_band: string;
}

export interface SafetyText {
  id: string;
  kind: string;
  text: string;
  version?: string;
  reviewed?: string;
}

/** All texts of a language; they are signed together. */
export interface SafetyTexts {
  items: SafetyText[];
  version: string;
  signed: { by: string; at: string }[];
}

export interface AuditEntry {
  at: string;
  account?: string | null;
  who?: string | null;
  role?: Role | null;
  deed: string;
  about?: string | null;
  lane: string | number;
  sequence: number;
}

const list = <T>(name: string, path: string) => useQuery({ queryKey: [name], queryFn: () => get<Page<T>>(path) });

export const use_state = () => useQuery({ queryKey: ["admin-state"], queryFn: () => get<State>("/admin/state"), refetchInterval: 30_000 });
export const use_accounts = () => list<StaffAccount>("admin-accounts", "/admin/accounts");
export const use_invitations = () => list<Invitation>("admin-invitations", "/admin/invitations");
export const use_teams = () => list<Team>("admin-teams", "/admin/teams");
export const use_lines = (country: string) => useQuery({ queryKey: ["admin-lines", country], queryFn: () => get<Page<CrisisLine>>(with_query("/admin/crisis-lines", { country })) });
export const use_settings = () => useQuery({ queryKey: ["admin-settings"], queryFn: () => get<Settings>("/admin/settings") });
export const use_texts = (language: string) => useQuery({ queryKey: ["admin-texts", language], queryFn: () => get<SafetyTexts>(with_query("/admin/texts", { language })) });

export interface AuditFilter {
  account: string;
  deed: string;
}
export const audit_page = (filter: AuditFilter, before?: string) => get<Page<AuditEntry>>(with_query("/admin/audit", { ...filter, before }));

const again = (...names: string[]) => (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => {
  for (const name of [...names, "admin-state", "service"]) void queries.invalidateQueries({ queryKey: [name] });
};

export const use_change_account = () => use_change(({ id, ...body }: { id: string; role?: Role; state?: "active" | "suspended"; teams?: string[] }, key) => patch<StaffAccount>(`/admin/accounts/${id}`, body, { key }), again("admin-accounts", "admin-teams"));
export const use_invite = () => use_change((body: { role: string; display_name: string; email?: string; team?: string }, key) => post<{ id: string; link: string; ends_at: string }>("/admin/invitations", body, { key }), again("admin-invitations"));
export const use_call_back = () => use_change((id: string, key) => remove(`/admin/invitations/${id}`, { key }), again("admin-invitations"));
export const use_new_team = () => use_change((body: { name: string }, key) => post<Team>("/admin/teams", body, { key }), again("admin-teams"));
export const use_change_team = () => use_change(({ id, ...body }: { id: string; name?: string; members?: string[] }, key) => patch<Team>(`/admin/teams/${id}`, body, { key }), again("admin-teams", "admin-accounts"));
export const use_accept_line = () => use_change(({ id, ...body }: { id: string; how: "called" | "page_read"; checked_on: string }, key) => post(`/admin/crisis-lines/${id}/accept`, body, { key }), again("admin-lines"));
export const use_refuse_line = () => use_change((id: string, key) => remove(`/admin/crisis-lines/${id}/accept`, { key }), again("admin-lines"));
export const use_save_settings = () => use_change((body: Omit<Settings, "test_pages">, key) => put<Settings>("/admin/settings", body, { key }), again("admin-settings"));
export const use_test_page = () => use_change((body: { account: string }, key) => post("/admin/test-page", body, { key }), again("admin-settings"));
export const use_sign_texts = () => use_change(({ language, version }: { language: string; version: string }, key) => post(`/admin/texts/${language}/sign`, { version }, { key }), again("admin-texts"));
export const use_verify = () => use_change((_: null, key) => post<{ ok: boolean; entries: number; problems?: string[] }>("/admin/audit/verify", {}, { key, within: 120_000 }));
