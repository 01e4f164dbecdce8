/* What staff pages ask of the server, one hook for each noun. Query keys begin with the word that an event refetches. */

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { get, new_id, post, put, remove } from "../base/client";
import { as_problem, type Problem } from "../base/problem";
import type { Account, Alert, Answer, CourseReview, OutcomeId, SavedReply, Treatment } from "./nouns";
import type { Plan } from "./person/asking_plan";

export const use_me = () =>
  useQuery({
    queryKey: ["me"],
    queryFn: async (): Promise<Account | null> => {
      try {
        return await get("/me");
      } catch (error) {
        if (as_problem(error).status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
    retry: (tries, error) => as_problem(error).may_pass && tries < 2,
  });

export const use_caseload = (scope: "mine" | "team", enabled = true) => useQuery({ queryKey: ["caseload", scope], queryFn: () => get("/caseload", { query: { scope } }), refetchInterval: 60_000, enabled, placeholderData: (before) => before });

export const use_alert = (id: string | null | undefined) => useQuery({ queryKey: ["alert", id], queryFn: () => get("/alerts/{alert}", { path: { alert: id ?? "" } }), enabled: Boolean(id) });

export const use_person = (id: string | null | undefined) => useQuery({ queryKey: ["person", id], queryFn: () => get("/people/{person}", { path: { person: id ?? "" } }), enabled: Boolean(id), retry: false });

export const older_events = (id: string, before: string) => get("/people/{person}/timeline", { path: { person: id }, query: { before } });

export const use_people = (query: string, enabled = true) => useQuery({ queryKey: ["people", query], queryFn: () => get("/people", { query: { query } }), enabled, placeholderData: (before) => before });

export const use_findings = (enabled = true) => useQuery({ queryKey: ["findings"], queryFn: () => get("/findings", { query: { unjudged: true } }), enabled });

export const use_live_queue = (enabled = true) => useQuery({ queryKey: ["live"], queryFn: () => get("/live"), refetchInterval: 60_000, enabled });

export const use_conversation = (id: string | null | undefined) => useQuery({ queryKey: ["conversation", id], queryFn: () => get("/conversations/{conversation}", { path: { conversation: id ?? "" } }), enabled: Boolean(id) });

export const use_summary = (id: string | null | undefined) => useQuery({ queryKey: ["conversation", id, "summary"], queryFn: () => get("/conversations/{conversation}/summary", { path: { conversation: id ?? "" } }), enabled: Boolean(id), retry: false });

/** `to` is the message it answers: another message, another draft. */
export const use_draft = (id: string, to: string | null) => useQuery({ queryKey: ["draft", id, to], queryFn: () => get("/conversations/{conversation}/draft", { path: { conversation: id } }), enabled: Boolean(to), retry: false });

export const use_saved_replies = (enabled = true) => useQuery({ queryKey: ["saved-replies"], queryFn: () => get("/saved-replies"), enabled });

export const use_colleagues = (enabled = true) => useQuery({ queryKey: ["colleagues"], queryFn: () => get("/colleagues"), staleTime: 5 * 60_000, enabled });

export const use_service_report = () => useQuery({ queryKey: ["service-report"], queryFn: () => get("/service-report") });

/** When the service last walked the way of an alert itself. */
export const use_walk = () => useQuery({ queryKey: ["walk"], queryFn: () => get("/walk"), refetchInterval: 60_000 });
export const use_service_outcomes = () => useQuery({ queryKey: ["service-outcomes"], queryFn: () => get("/service-outcomes"), staleTime: 10 * 60_000 });

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

export const use_acknowledge = () => use_change((alert: string, key) => post("/alerts/{alert}/acknowledge", { path: { alert }, key }), keep_alert);

export interface Record {
  alert: string;
  outcome: OutcomeId;
  record: string;
  colleague?: string;
  reason?: string;
  answers: { [question: string]: Answer };
}

export const use_outcome = () => use_change(({ alert, ...body }: Record, key) => post("/alerts/{alert}/outcome", { path: { alert }, body, key }), keep_alert);

/** What was done at a step, and what was asked: each kept at once. */
export const use_deed = () => use_change(({ alert, ...body }: { alert: string; step: string; deed: string }, key) => post("/alerts/{alert}/deeds", { path: { alert }, body, key }), keep_alert);
export const use_answers = () => use_change(({ alert, ...body }: { alert: string; answers: Record["answers"] }, key) => post("/alerts/{alert}/answers", { path: { alert }, body, key }), keep_alert);
export const use_take_back = () => use_change((alert: string, key) => post("/alerts/{alert}/take-back", { path: { alert }, key }), keep_alert);

/** Words after an alert was closed. Whoever closed it may not be let in again, so the page adds them to what it shows. */
export const use_words_after = () =>
  use_change(
    ({ alert, text }: { alert: string; text: string; by: string }, key) => post("/alerts/{alert}/words-after", { path: { alert }, body: { text }, key }),
    (queries, made, { alert, text, by }) => void queries.setQueryData(["alert", alert], (before: Alert | undefined) => before && { ...before, path: [...before.path, { kind: "words_after", at: made.at, by, text, words: text }] }),
  );

export const use_second = () => use_change(({ alert, ...body }: { alert: string; agree: boolean; note?: string }, key) => post("/alerts/{alert}/second", { path: { alert }, body, key }), keep_alert);

export const use_accept = () => use_change((alert: string, key) => post("/alerts/{alert}/accept", { path: { alert }, key }), keep_alert);

export const use_alert_note = () =>
  use_change(({ alert, text }: { alert: string; text: string }, key) => post("/alerts/{alert}/notes", { path: { alert }, body: { text }, key }), (queries) => void queries.invalidateQueries({ queryKey: ["alert"] }));

export const use_person_note = () =>
  use_change(({ person, text }: { person: string; text: string }, key) => post("/people/{person}/notes", { path: { person }, body: { text }, key }), (queries) => void queries.invalidateQueries({ queryKey: ["person"] }));

const again_person = (queries: QueryClient) => {
  for (const key of ["person", "caseload"]) void queries.invalidateQueries({ queryKey: [key] });
};

export const use_treatment = () => use_change(({ person, ...body }: { person: string } & Treatment, key) => put("/people/{person}/treatment", { path: { person }, body, key }), again_person);

export const use_end_treatment = () => use_change((person: string, key) => remove("/people/{person}/treatment", { path: { person }, key }), again_person);

export const use_know = () => use_change(({ person, instrument, text }: { person: string; instrument: string; text: string }, key) => put("/people/{person}/known-and-planned/{instrument}", { path: { person, instrument }, body: { text }, key }), again_person);

export const use_withdraw_known = () => use_change((path: { person: string; instrument: string }, key) => remove("/people/{person}/known-and-planned/{instrument}", { path, key }), again_person);

export const use_course_event = () =>
  use_change(({ person, ...body }: { person: string; on: string; kind: "life" | "medicine" | "appointment"; text: string; missed: boolean }, key) => post("/people/{person}/course-events", { path: { person }, body, key }), again_person);

export const use_withdraw_event = () => use_change(({ person, number }: { person: string; number: number }, key) => remove("/people/{person}/course-events/{number}", { path: { person, number: String(number) }, key }), again_person);

export const use_review_course = () => use_change(({ person, ...body }: { person: string; steps: CourseReview["steps"]; plan: string }, key) => post("/people/{person}/course-reviews", { path: { person }, body, key }), again_person);

/** What somebody answered at the start; null while nothing was sent. */
export const use_first = (person: string) => useQuery({ queryKey: ["person", person, "first"], queryFn: async () => (await get("/people/{person}/first-assessment", { path: { person } })).assessment ?? null, retry: false });

/** First assessments that nobody has read, with who may. */
export const use_unread_first = (enabled = true) => useQuery({ queryKey: ["caseload", "first"], queryFn: () => get("/first-assessments"), enabled });

export const use_read_first = () => use_change(({ person, note }: { person: string; note: string }, key) => post("/people/{person}/first-assessment/read", { path: { person }, body: { note }, key }), again_person);

export const use_name_reader = () => use_change(({ person, account }: { person: string; account: string }, key) => put("/people/{person}/first-assessment/reader", { path: { person }, body: { account }, key }), again_person);

/** What is for soon and nobody has looked at. */
export const use_list_entries = () => useQuery({ queryKey: ["caseload", "list"], queryFn: () => get("/list-entries") });

export const use_looked = () =>
  use_change(
    ({ person, ...body }: { person: string; findings: string[]; looked: "talked" | "arranged" | "known" | "mistaken" | "nothing"; words?: string }, key) => post("/people/{person}/looked", { path: { person }, body, key }),
    (queries) => {
      again_person(queries);
      void queries.invalidateQueries({ queryKey: ["findings"] });
    },
  );

/** How much is for soon, and how often rules were agreed with. */
export const use_list_load = () => useQuery({ queryKey: ["caseload", "load"], queryFn: () => get("/list-load"), staleTime: 60_000 });

/** How often one rule was agreed with: asked once for all findings of it. */
export const use_rule_precision = (rule: string) => useQuery({ queryKey: ["precision", rule], queryFn: () => get("/rule-precision", { query: { rule } }), enabled: rule !== "", staleTime: 10 * 60_000, retry: false });

export const use_quiet = () => use_change(({ finding, ...body }: { finding: string; until: string; because: string }, key) => post("/findings/{finding}/quiet", { path: { finding }, body, key }), again_person);

export const use_unquiet = () => use_change((path: { person: string; quiet: string }, key) => remove("/people/{person}/quiet-rules/{quiet}", { path, key }), again_person);

export const use_name_owner = () => use_change(({ person, account }: { person: string; account: string }, key) => put("/people/{person}/list-entries/owner", { path: { person }, body: { account }, key }), again_person);

/** What somebody is asked and when, and what became of the last times. */
export const use_schedules = (person: string) => useQuery({ queryKey: ["person", person, "schedules"], queryFn: () => get("/people/{person}/schedules", { path: { person } }), retry: false });

/** Which questionnaires may be shown: they change with the content of the service, not in a session. */
export const use_forms = () => useQuery({ queryKey: ["forms"], queryFn: () => get("/questionnaires"), staleTime: 60 * 60_000 });

export const use_ask = () => use_change(({ person, plan }: { person: string; plan: Plan }, key) => post("/people/{person}/schedules", { path: { person }, body: plan, key }), again_person);

export const use_change_schedule = () => use_change(({ person, schedule, plan }: { person: string; schedule: string; plan: Plan }, key) => put("/people/{person}/schedules/{schedule}", { path: { person, schedule }, body: plan, key }), again_person);

export const use_stop_asking = () => use_change((path: { person: string; schedule: string }, key) => remove("/people/{person}/schedules/{schedule}", { path, key }), again_person);

/** Nothing is asked for a while. */
export const use_pause = () => use_change(({ person, ...body }: { person: string; days: number; reason?: string }, key) => put("/people/{person}/asking-pause", { path: { person }, body, key }), again_person);

export const use_end_pause = () => use_change((person: string, key) => remove("/people/{person}/asking-pause", { path: { person }, key }), again_person);

export const use_break_glass = () =>
  use_change(({ person, ...body }: { person: string; reason: string; code: string }, key) => post("/people/{person}/break-glass", { path: { person }, body, key }), (queries) => void queries.invalidateQueries({ queryKey: ["person"] }));

export const use_judge = () =>
  use_change(
    ({ finding, ...body }: { finding: string; judgement: "agree" | "disagree"; note?: string }, key) => post("/findings/{finding}/judgement", { path: { finding }, body, key }),
    (queries) => {
      for (const name of ["findings", "alert", "person"]) void queries.invalidateQueries({ queryKey: [name] });
    },
  );

function keep_conversation(queries: QueryClient): void {
  for (const name of ["conversation", "live", "alert"]) void queries.invalidateQueries({ queryKey: [name] });
}

export const use_take = () => use_change((conversation: string, key) => post("/conversations/{conversation}/take", { path: { conversation }, key }), keep_conversation);

export const use_hand_back = () => use_change(({ conversation, line }: { conversation: string; line: string }, key) => post("/conversations/{conversation}/hand-back", { path: { conversation }, body: { line }, key }), keep_conversation);

export const use_write = () =>
  use_change(({ conversation, text, client_id }: { conversation: string; text: string; client_id: string }) => post("/conversations/{conversation}/messages", { path: { conversation }, body: { text, client_id }, key: client_id, within: 10_000 }), keep_conversation);

export const use_conversation_note = () =>
  use_change(({ conversation, text }: { conversation: string; text: string }, key) => post("/conversations/{conversation}/notes", { path: { conversation }, body: { text }, key }), keep_conversation);

export const use_set_urgency = () =>
  use_change(({ conversation, ...body }: { conversation: string; urgency: "usual" | "soon" | "today" | "now"; reason: string }, key) => put("/conversations/{conversation}/urgency", { path: { conversation }, body, key }), keep_conversation);

export const use_save_replies = () => use_change((body: { items: SavedReply[]; version: number }, key) => put("/saved-replies", { body, key }), (queries) => void queries.invalidateQueries({ queryKey: ["saved-replies"] }));

export const use_review = () => use_change(({ id, note }: { id: string; note: string }, key) => post("/break-glass/{opening}/review", { path: { opening: id }, body: { note }, key }), (queries) => void queries.invalidateQueries({ queryKey: ["service-report"] }));
