/* What staff pages ask of the server, one hook for each noun. Query keys begin with the word that an event refetches. */

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { get, new_id, post, with_query } from "../base/client";
import { as_problem, type Problem } from "../base/problem";
import type { Account, Alert, Answer, Caseload, Colleague, Conversation, Finding, Live, LivePage, Message, OutcomeId, PersonPage, Row, ServiceReport, TimelineEvent } from "./nouns";

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export const use_me = () =>
  useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<Account | null> => {
      try {
        return await get<Account>("/me");
      } catch (error) {
        if (as_problem(error).status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    retry: (tries, error) => as_problem(error).may_pass && tries < 2,
  });

export const use_caseload = (scope: "mine" | "team", enabled = true) => useQuery({ queryKey: ["caseload", scope], queryFn: () => get<Caseload>(with_query("/caseload", { scope })), refetchInterval: 60_000, enabled, placeholderData: (before) => before });

export const use_alert = (id: string | null | undefined) => useQuery({ queryKey: ["alert", id], queryFn: () => get<Alert>(`/alerts/${id}`), enabled: Boolean(id) });

export const use_person = (id: string | null | undefined) => useQuery({ queryKey: ["person", id], queryFn: () => get<PersonPage>(`/people/${id}`), enabled: Boolean(id), retry: false });

export const older_events = (id: string, before: string) => get<Page<TimelineEvent>>(with_query(`/people/${id}/timeline`, { before }));

export const use_people = (query: string, enabled = true) => useQuery({ queryKey: ["people", query], queryFn: () => get<Page<Row>>(with_query("/people", { query })), enabled, placeholderData: (before) => before });

export const use_findings = (enabled = true) => useQuery({ queryKey: ["findings"], queryFn: () => get<Page<Finding>>(with_query("/findings", { unjudged: 1 })), enabled });

export const use_live_queue = (enabled = true) => useQuery({ queryKey: ["live"], queryFn: () => get<Live>("/live"), refetchInterval: 60_000, enabled });

export const use_conversation = (id: string | null | undefined) => useQuery({ queryKey: ["conversation", id], queryFn: () => get<LivePage>(`/conversations/${id}`), enabled: Boolean(id) });

export const use_colleagues = (enabled = true) => useQuery({ queryKey: ["colleagues"], queryFn: () => get<Page<Colleague>>("/colleagues"), staleTime: 5 * 60_000, enabled });

export const use_service_report = () => useQuery({ queryKey: ["service-report"], queryFn: () => get<ServiceReport>("/service-report") });

/** One change on the server. While it has not succeeded, trying again sends the same key, so nothing is done twice. */
export function use_change<In, Out = unknown>(change: (given: In, key: string) => Promise<Out>, then?: (queries: QueryClient, made: Out, given: In) => void) {
  const queries = useQueryClient();
  const keys = useRef(new Map<string, string>()).current;
  return useMutation<Out, Problem, In>({
    mutationFn: async (given) => {
      const said = JSON.stringify(given) ?? "";
      const key = keys.get(said) ?? new_id();
      keys.set(said, key);
      try {
        const made = await change(given, key);
        keys.delete(said);
        return made;
      } catch (error) {
        throw as_problem(error);
      }
    },
    onSuccess: (made, given) => then?.(queries, made, given),
  });
}

function keep_alert(queries: QueryClient, alert: Alert | undefined): void {
  if (alert?.id) queries.setQueryData(["alert", alert.id], alert);
  for (const key of ["caseload", "alert", "person", "service-report"]) void queries.invalidateQueries({ queryKey: [key] });
}

export const use_acknowledge = () => use_change((alert: string, key) => post<Alert>(`/alerts/${alert}/acknowledge`, {}, { key }), keep_alert);

export interface Record {
  alert: string;
  outcome: OutcomeId;
  record: string;
  colleague?: string;
  reason?: string;
  answers: { [question: string]: Answer };
}

export const use_outcome = () => use_change(({ alert, ...body }: Record, key) => post<Alert>(`/alerts/${alert}/outcome`, body, { key }), keep_alert);

export const use_second = () => use_change(({ alert, ...body }: { alert: string; agree: boolean; note?: string }, key) => post<Alert>(`/alerts/${alert}/second`, body, { key }), keep_alert);

export const use_accept = () => use_change((alert: string, key) => post<Alert>(`/alerts/${alert}/accept`, {}, { key }), keep_alert);

export const use_alert_note = () =>
  use_change(({ alert, text }: { alert: string; text: string }, key) => post<unknown>(`/alerts/${alert}/notes`, { text }, { key }), (queries) => void queries.invalidateQueries({ queryKey: ["alert"] }));

export const use_person_note = () =>
  use_change(({ person, text }: { person: string; text: string }, key) => post<unknown>(`/people/${person}/notes`, { text }, { key }), (queries) => void queries.invalidateQueries({ queryKey: ["person"] }));

export const use_break_glass = () =>
  use_change(({ person, ...body }: { person: string; reason: string; code: string }, key) => post<{ until: string }>(`/people/${person}/break-glass`, body, { key }), (queries) => void queries.invalidateQueries({ queryKey: ["person"] }));

export const use_judge = () =>
  use_change(
    ({ finding, ...body }: { finding: string; judgement: "agree" | "disagree"; note?: string }, key) => post<Finding>(`/findings/${finding}/judgement`, body, { key }),
    (queries) => {
      for (const name of ["findings", "alert", "person"]) void queries.invalidateQueries({ queryKey: [name] });
    },
  );

function keep_conversation(queries: QueryClient): void {
  for (const name of ["conversation", "live", "alert"]) void queries.invalidateQueries({ queryKey: [name] });
}

export const use_take = () => use_change((conversation: string, key) => post<Conversation>(`/conversations/${conversation}/take`, {}, { key }), keep_conversation);

export const use_hand_back = () => use_change(({ conversation, line }: { conversation: string; line: string }, key) => post<Conversation>(`/conversations/${conversation}/hand-back`, { line }, { key }), keep_conversation);

export const use_write = () =>
  use_change(({ conversation, text, client_id }: { conversation: string; text: string; client_id: string }) => post<Message>(`/conversations/${conversation}/messages`, { text, client_id }, { key: client_id, within: 10_000 }), keep_conversation);

export const use_review = () => use_change(({ id, note }: { id: string; note: string }, key) => post<unknown>(`/break-glass/${id}/review`, { note }, { key }), (queries) => void queries.invalidateQueries({ queryKey: ["service-report"] }));
