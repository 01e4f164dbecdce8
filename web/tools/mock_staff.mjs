/* Staff half of the mock server: made-up people in memory, so that the staff pages can be built and tested without the binary.
   Every person, number and figure is invented. */

import { alertOf, conversationOf, findingsOf, liveOf, personOf, people } from "./mock_people.mjs";
import { administration } from "./mock_administration.mjs";
import { staff_asking } from "./mock_asking.mjs";
import { staff_close } from "./mock_close.mjs";
import { staff_supporters } from "./mock_supporters.mjs";

const minute = 60_000;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();
const ahead = (minutes) => new Date(Date.now() + minutes * minute).toISOString();

const team = { id: "team-harbour", name: "Harbour Street team" };

export const accounts = [
  { id: "acc-maeve", role: "clinician", login: "maeve", display_name: "Maeve Dorrigan", initials: "MD", title: "nurse" },
  { id: "acc-ruth", role: "lead", login: "ruth", display_name: "Ruth Pellowe", initials: "RP", title: "service lead" },
  { id: "acc-tobias", role: "clinician", login: "tobias", display_name: "Tobias Aldermoor", initials: "TA", title: "psychiatrist" },
  { id: "acc-kit", role: "administrator", login: "kit", display_name: "Kit Norrgate", initials: "KN", title: "administrator" },
].map((account) => ({ ...account, password: "handrail-demo", code: "123456", second_factor: true, language: "en", teams: [team], pages: {} }));

const order = ["now", "today", "unknown", "soon", "usual"];
const ok = (body) => ({ status: 200, body });
const made = (body) => ({ status: 201, body });
const problem = (status, title, detail, type = "about:blank") => ({ status, body: { type, title, status, detail } });
const missing = () => problem(404, "Not found", "There is nothing here.");

const judgements = new Map();
const saved_replies = { items: [{ language: "en", title: "I am here", text: "{name}, I am here and reading. Take your time." }], version: 1 };
const outsideUntil = new Map();

function caseload(scope, account) {
  const rows = people.filter((row) => !row.outside && (scope !== "mine" || row.who?.id === account.id));
  const counts = Object.fromEntries(order.map((urgency) => [urgency, rows.filter((row) => row.urgency === urgency).length]));
  return {
    team: { ...team, people: people.filter((row) => !row.outside).length },
    counts,
    groups: order.map((urgency) => ({ urgency, people: rows.filter((row) => row.urgency === urgency) })).filter((group) => group.people.length > 0),
  };
}

const withJudgement = (finding) => ({ ...finding, ...(judgements.get(finding.id) ?? {}) });

function judgedAlert(alert) {
  return { ...alert, finding: alert.finding && withJudgement(alert.finding) };
}

function changeAlert(id, change) {
  const alert = alertOf(id);
  if (!alert) return missing();
  const refused = change(alert);
  if (refused) return refused;
  return ok(judgedAlert(alert));
}

const step = (kind, account, text, words) => ({ kind, at: new Date().toISOString(), by: account.display_name, text, ...(words ? { words } : {}) });

function keep_answers(alert, account, given = {}) {
  const questions = alert.next_steps.flatMap((one) => one.questions ?? []);
  const answers = questions.filter((one) => given[one.id]).map((one) => ({ question: one.id, text: one.text, answer: given[one.id] }));
  if (answers.length === 0) return;
  alert.path.push({ ...step("asked", account, `${account.display_name} asked`), answers });
  for (const one of questions) if (given[one.id]) Object.assign(one, { heard: given[one.id], heard_at: new Date().toISOString() });
}

const invited = { token: "7Q2K-M4XW-9HDR-TB3V", display_name: "Noor Calder" };
const qr = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><rect width="29" height="29" fill="#ffffff"/><path d="${Array.from({ length: 29 * 29 }, (_, i) => ((i * 2654435761) >>> 5) % 3 === 0 ? `M${i % 29} ${Math.floor(i / 29)}h1v1h-1z` : "").join("")}" fill="#000000"/></svg>`;

export const routes = [
  ...staff_asking,
  ...staff_close,
  ...staff_supporters,
  { method: "GET", path: "/invitations/:token", open: true, handle: ({ params }) => (params.token === invited.token ? ok({ purpose: "staff", role: "clinician", display_name: invited.display_name }) : missing()) },
  {
    method: "POST", path: "/invitations/:token", open: true,
    handle: ({ params, body }) => {
      if (params.token !== invited.token) return missing();
      if ((body.password ?? "").length < 12) return problem(422, "Too short", "The password needs at least 12 characters.");
      accounts.push({ id: "acc-noor", role: "clinician", login: body.login, password: body.password, display_name: body.display_name, initials: "NC", title: "clinician", second_factor: false, code: "123456", language: "en", teams: [team], pages: {} });
      return made({ id: "acc-noor", role: "clinician", totp: { secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: "otpauth://totp/Handrail", svg: qr } });
    },
  },
  { method: "POST", path: "/me/second-factor", handle: () => ok({ secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", uri: "otpauth://totp/Handrail", svg: qr }) },
  {
    method: "POST", path: "/me/second-factor/confirm",
    handle: ({ body, account }) => {
      if (body.code !== account.code) return problem(403, "Second factor", "That code is not right.", "/problems/second-factor");
      account.second_factor = true;
      return ok({ recovery_codes: ["abcde-fghij", "klmno-pqrst", "uvwxy-z2345", "bcdef-ghijk", "lmnop-qrstu", "vwxyz-23456", "cdefg-hijkl", "mnopq-rstuv"] });
    },
  },
  { method: "GET", path: "/caseload", handle: ({ query, account }) => ok(caseload(query.scope ?? "mine", account)) },
  {
    method: "GET", path: "/alerts/:id",
    handle: ({ params }) => {
      const alert = alertOf(params.id);
      return alert ? ok(judgedAlert(alert)) : missing();
    },
  },
  {
    method: "POST", path: "/alerts/:id/acknowledge",
    handle: ({ params, account, publish }) => changeAlert(params.id, (alert) => {
      if (alert.acknowledged_by) return problem(409, "Already acknowledged", `${alert.acknowledged_by.name} acknowledged this first.`);
      alert.acknowledged_by = { id: account.id, name: account.display_name };
      alert.state = "acknowledged";
      alert.path.push(step("acknowledged", account, "acknowledged"));
      const row = people.find((one) => one.alert === alert.id);
      if (row) {
        row.acknowledged = true;
        row.new = false;
        row.who = { id: account.id, name: account.display_name, initials: account.initials };
      }
      publish("caseload", {});
    }),
  },
  {
    method: "POST", path: "/alerts/:id/notes",
    handle: ({ params, body, account }) => changeAlert(params.id, (alert) => { alert.path.push(step("note", account, `${account.display_name} wrote a note`, body.text)); }),
  },
  {
    method: "POST", path: "/alerts/:id/outcome",
    handle: ({ params, body, account, publish }) => changeAlert(params.id, (alert) => {
      if (!alert.acknowledged_by) return problem(409, "Nobody has acknowledged it", "Acknowledge the alert first.");
      const outcome = alert.outcomes.find((one) => one.id === body.outcome);
      if (!outcome) return problem(422, "Unknown outcome", "Choose what happened.");
      if (outcome.needs.includes("reason") && !body.reason?.trim()) return problem(422, "No reason", "Write why no contact is needed.");
      keep_answers(alert, account, body.answers);
      alert.path.push(step(`outcome_${outcome.id}`, account, `${account.display_name}: ${outcome.text}`, body.record));
      if (body.outcome === "handed_over") {
        const colleague = accounts.find((one) => one.id === body.colleague);
        if (!colleague) return problem(422, "No colleague", "Choose the colleague who takes it.");
        Object.assign(alert, { state: "open", acknowledged_by: null, told: { id: colleague.id, name: colleague.display_name } });
        alert.path.push(step("handed_over", colleague, `${colleague.display_name} was asked to take it`));
      } else if (body.outcome === "not_reached") {
        Object.assign(alert, { state: "open", acknowledged_by: null, told: null });
        alert.path.push({ kind: "escalated", at: new Date().toISOString(), text: "The next person was told" });
      } else if (body.outcome === "no_contact_needed" && alert.urgency === "now") Object.assign(alert, { needs_second: true, state: "second_wanted" });
      else if (outcome.closes) {
        Object.assign(alert, { state: "closed", take_back_until: new Date(Date.now() + 600_000).toISOString() });
        alert.path.push(step("closed", account, `${account.display_name} closed it`));
        const row = people.find((one) => one.alert === alert.id);
        if (row) Object.assign(row, { urgency: "usual", alert: null, new: false, reason: `Alert closed by ${account.display_name}` });
      }
      publish("caseload", {});
    }),
  },
  {
    method: "POST", path: "/alerts/:id/deeds",
    handle: ({ params, body, account }) => changeAlert(params.id, (alert) => {
      const at = alert.next_steps.find((one) => one.id === body.step);
      const deed = at?.deeds.find((one) => one.id === body.deed);
      if (!deed) return problem(422, "Unknown deed", "There is no such thing to do at this step.");
      alert.path.push({ ...step("did", account, `${account.display_name}: ${at.title}: ${deed.text}`), what: `${at.id}.${deed.id}` });
    }),
  },
  {
    method: "POST", path: "/alerts/:id/answers",
    handle: ({ params, body, account }) => changeAlert(params.id, (alert) => keep_answers(alert, account, body.answers)),
  },
  {
    method: "POST", path: "/alerts/:id/take-back",
    handle: ({ params, account, publish }) => changeAlert(params.id, (alert) => {
      if (alert.state !== "closed") return problem(403, "Not closed", "Only whoever closed this alert alone takes that back.");
      for (const one of alert.path) if (one.kind === "closed" || one.kind.startsWith("outcome_")) Object.assign(one, { kind: `undone_${one.kind.replace("outcome_", "")}`, text: `${one.text} (taken back)` });
      Object.assign(alert, { state: "acknowledged", take_back_until: null });
      alert.path.push(step("taken_back", account, `${account.display_name} took it back: it was a slip`));
      publish("caseload", {});
    }),
  },
  {
    method: "POST", path: "/alerts/:id/words-after",
    handle: ({ params, body, account }) => {
      const alert = alertOf(params.id);
      if (!alert || alert.state !== "closed") return problem(403, "Not closed", "Only whoever closed this alert adds words to it.");
      const added = step("words_after", account, `${account.display_name} added words`, body.text);
      alert.path.push(added);
      return ok({ at: added.at });
    },
  },
  {
    method: "POST", path: "/alerts/:id/second",
    handle: ({ params, body, account, publish }) => changeAlert(params.id, (alert) => {
      if (alert.acknowledged_by?.id === account.id) return problem(403, "A second person is needed", "Somebody else has to agree.");
      alert.needs_second = false;
      alert.path.push(step(body.agree ? "second_agreed" : "second_refused", account, `${account.display_name} ${body.agree ? "agreed that no contact is needed" : "did not agree: open again"}`, body.note));
      if (body.agree) {
        alert.state = "closed";
        alert.path.push(step("closed", account, "closed"));
      } else Object.assign(alert, { state: "open", acknowledged_by: null });
      publish("caseload", {});
    }),
  },
  {
    method: "POST", path: "/alerts/:id/accept",
    handle: ({ params, account, publish }) => changeAlert(params.id, (alert) => {
      if (alert.told?.id !== account.id) return problem(403, "Not handed to you", "This alert was handed to somebody else.");
      alert.acknowledged_by = { id: account.id, name: account.display_name };
      alert.state = "acknowledged";
      alert.path.push(step("acknowledged", account, "accepted the hand-over"));
      publish("caseload", {});
    }),
  },
  {
    method: "GET", path: "/people",
    handle: ({ query }) => {
      const wanted = (query.query ?? "").toLocaleLowerCase();
      return ok({ items: people.filter((row) => row.name.toLocaleLowerCase().includes(wanted)).slice(0, 200) });
    },
  },
  {
    method: "GET", path: "/people/:id",
    handle: ({ params, account }) => {
      const row = people.find((one) => one.person === params.id);
      if (!row) return missing();
      if (row.outside && !outsideUntil.has(`${account.id} ${row.person}`)) return problem(403, "Outside your team", "This person is not in your team.", "/problems/outside-team");
      const page = personOf(row);
      return ok({ ...page, findings: page.findings.map(withJudgement) });
    },
  },
  {
    method: "GET", path: "/people/:id/timeline",
    handle: ({ params }) => {
      const row = people.find((one) => one.person === params.id);
      return row ? ok({ items: personOf(row, 2).timeline.items, next: null }) : missing();
    },
  },
  { method: "POST", path: "/people/:id/notes", handle: ({ body }) => made({ id: `note-${Date.now()}`, at: new Date().toISOString(), kind: "note", text: body.text }) },
  {
    method: "POST", path: "/people/:id/looked",
    handle: ({ params, body, publish }) => {
      const row = people.find((one) => one.person === params.id);
      if (!row?.to_look_at) return problem(404, "This is not on the list", "This is not on the list.");
      if (body.looked === "nothing" && !body.words?.trim()) return problem(422, "Why is missing", "Write why there is nothing to do.");
      Object.assign(row, { urgency: row.alert ? row.urgency : "usual", reason: row.alert ? row.reason : "", to_look_at: undefined });
      publish("caseload", {});
      return { status: 204 };
    },
  },
  {
    method: "GET", path: "/list-entries",
    handle: () => ok({ items: people.filter((row) => row.to_look_at).map((row) => ({ finding: row.to_look_at.findings[0], person: row.person, team: "Harbour Street", made_at: row.to_look_at.since, due_at: row.to_look_at.due_at, overdue: Date.parse(row.to_look_at.due_at) <= Date.now(), may_own: [{ id: "a-maeve", name: "Maeve Dorrigan" }, { id: "a-tobias", name: "Tobias Aldermoor" }], owner: { id: "a-maeve", name: "Maeve Dorrigan" } })) }),
  },
  { method: "PUT", path: "/people/:id/list-entries/owner", handle: () => ({ status: 204 }) },
  {
    method: "POST", path: "/findings/:id/quiet",
    handle: ({ params, body, account, publish }) => {
      const row = people.find((one) => one.to_look_at?.findings.includes(params.id));
      if (!row) return missing();
      row.quiet = [{ id: `q-${Date.now()}`, rules: findingsOf().find((one) => one.id === params.id)?.evidence.map((one) => one.rule) ?? [], because: body.because, at: ago(0), by: account.display_name, ends_at: `${body.until}T23:59:59Z` }];
      Object.assign(row, { urgency: row.alert ? row.urgency : "usual", reason: row.alert ? row.reason : "", to_look_at: undefined });
      publish("caseload", {});
      return made({ id: row.quiet[0].id });
    },
  },
  {
    method: "DELETE", path: "/people/:id/quiet-rules/:quiet",
    handle: ({ params, publish }) => {
      const row = people.find((one) => one.person === params.id);
      if (row) row.quiet = [];
      publish("caseload", {});
      return { status: 204 };
    },
  },
  { method: "GET", path: "/rule-precision", handle: ({ query }) => ok(query.rule.length % 2 === 0 ? { judged: 40, agreed: 31, low: 0.625, high: 0.877 } : { judged: 4, agreed: 3 }) },
  {
    method: "GET", path: "/list-load",
    handle: () => ok({
      days: 28, people_a_day: 10, own_number: false, to_colleagues: 3, beyond_team: 1, kept_off: 6, rule_days: 365, fewest_judged: 10,
      by_account: [{ who: { id: "a-maeve", name: "Maeve Dorrigan" }, had: 41, looked: 36, open: 5, overdue: 1, of_others: 0 }, { who: { id: "a-tobias", name: "Tobias Aldermoor" }, had: 22, looked: 22, open: 0, overdue: 0, of_others: 3 }],
      rules: [{ rule: "en.suicide.plan", soon: 0, same_day: 31, alerts: 24, judged: 28, agreed: 26, low: 0.774, high: 0.98 }, { rule: "en.suicide.places", soon: 22, same_day: 2, alerts: 2, judged: 4, agreed: 1 }, { rule: "", soon: 9, same_day: 0, alerts: 0, judged: 0, agreed: 0 }],
    }),
  },
  {
    method: "POST", path: "/people/:id/break-glass",
    handle: ({ params, body, account }) => {
      if (!body.reason?.trim()) return problem(422, "A reason is needed", "Write why you need to open this person.");
      if (body.code !== "123456") return problem(401, "The code is wrong", "The code did not match. Wait for the next one.");
      const until = ahead(60);
      outsideUntil.set(`${account.id} ${params.id}`, until);
      return made({ until });
    },
  },
  {
    method: "POST", path: "/findings/:id/judgement",
    handle: ({ params, body, account, publish }) => {
      const finding = findingsOf().find((one) => one.id === params.id);
      if (!finding) return missing();
      judgements.set(params.id, { judged: body.judgement, judged_by: account.id });
      publish("finding", {});
      return ok(withJudgement(finding));
    },
  },
  {
    method: "GET", path: "/findings",
    handle: ({ query }) => ok({ items: findingsOf().map(withJudgement).filter((one) => query.unjudged !== "1" || !one.judged) }),
  },
  { method: "GET", path: "/live", handle: ({ account }) => ok(liveOf(account)) },
  {
    method: "GET", path: "/conversations/:id",
    handle: ({ params }) => {
      const conversation = conversationOf(params.id);
      return conversation ? ok(conversation.page) : missing();
    },
  },
  { method: "POST", path: "/live/here", handle: () => ({ status: 204 }) },
  {
    method: "GET", path: "/conversations/:id/summary",
    handle: ({ params }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      const { conversation, person } = held.page;
      const heard = held.row.urgency === "usual" ? [] : [{ at: new Date().toISOString(), urgency: held.row.urgency, category: "suicide", why: held.row.reason, evidence: [{ text: "It will be tonight", rule: "en.suicide.time", source: "C-SSRS" }] }];
      return ok({ conversation: params.id, person: person.id, name: person.name, state: conversation.state, urgency: held.row.urgency, category: heard[0]?.category ?? "none", words: true, staff_reading: true, country: "IE", language: "en", age_band: person.age_band, asked_at: conversation.waiting?.since, heard, asked: heard.length > 0 ? [{ text: "Is someone with you right now?", answered: false }] : [], tried: [], agreed: [{ what: "Staff reading", text: "The care team may read what is written." }] });
    },
  },
  {
    method: "GET", path: "/conversations/:id/draft",
    handle: ({ params }) => {
      const last = conversationOf(params.id)?.page.conversation.messages.findLast((message) => message.author === "person" || message.author === "human");
      return ok(last?.author === "person" ? { draft: { to: last.id, urgency: "usual", text: "Thank you for telling me. Is it all right if I ring Joss and ask him to come over?" } } : {});
    },
  },
  {
    method: "POST", path: "/conversations/:id/notes",
    handle: ({ params, body, account, publish }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      held.page.notes.unshift({ at: new Date().toISOString(), by: account.display_name, text: body.text });
      publish("conversation", { conversation: params.id });
      return { status: 204 };
    },
  },
  {
    method: "PUT", path: "/conversations/:id/urgency",
    handle: ({ params, body, account, publish }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      held.page.conversation.urgency = body.urgency;
      held.page.notes.unshift({ at: new Date().toISOString(), by: account.display_name, text: `${body.urgency}: ${body.reason}` });
      publish("conversation", { conversation: params.id });
      return { status: 204 };
    },
  },
  { method: "GET", path: "/saved-replies", handle: () => ok(saved_replies) },
  {
    method: "PUT", path: "/saved-replies",
    handle: ({ body }) => {
      if (body.version !== saved_replies.version) return problem(409, "Changed in between", "Someone else changed the saved replies in between. Load them again.");
      saved_replies.items = body.items;
      saved_replies.version += 1;
      return ok(saved_replies);
    },
  },
  {
    method: "POST", path: "/conversations/:id/take",
    handle: ({ params, account, publish }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      const conversation = held.page.conversation;
      if (conversation.state === "human" && conversation.with?.id !== account.id) return problem(409, "Already taken", `${conversation.with.name} is writing with this person.`);
      conversation.state = "human";
      conversation.with = { id: account.id, name: account.display_name, role: account.title, since: new Date().toISOString() };
      conversation.messages.push({ id: `m-${Date.now()}`, at: new Date().toISOString(), author: "system", text: `${account.display_name}, ${account.title}, joined.` });
      publish("conversation", { conversation: params.id });
      return ok(conversation);
    },
  },
  {
    method: "POST", path: "/conversations/:id/hand-back",
    handle: ({ params, body, account, publish }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      if (!body.line?.trim()) return problem(422, "One line is needed", "Write one line for the next person who reads.");
      const conversation = held.page.conversation;
      conversation.state = "ai";
      conversation.with = null;
      conversation.messages.push({ id: `m-${Date.now()}`, at: new Date().toISOString(), author: "system", text: `${account.display_name} left.` });
      publish("conversation", { conversation: params.id });
      return ok(conversation);
    },
  },
  {
    method: "POST", path: "/conversations/:id/messages",
    handle: ({ params, body, account, publish }) => {
      const held = conversationOf(params.id);
      if (!held) return missing();
      const message = { id: `m-${body.client_id}`, at: new Date().toISOString(), author: "human", author_name: account.display_name, author_role: account.title, text: body.text };
      held.page.conversation.messages.push(message);
      publish("message", { conversation: params.id });
      return made(message);
    },
  },
  { method: "GET", path: "/colleagues", handle: () => ok({ items: accounts.filter((one) => one.role !== "administrator").map(({ id, display_name, role, initials }) => ({ id, name: display_name, role, initials })) }) },
  {
    method: "GET", path: "/service-report",
    handle: () => ok({
      acknowledged: { days: 30, raised: 145, acknowledged: 143, in_time: 139, median_seconds: 38, ninetieth_seconds: 240, escalated: 4, unanswered: people.filter((row) => row.alert && !row.who).length, levels: [{ urgency: "now", raised: 31, acknowledged: 31, in_time: 30, median_seconds: 38, ninetieth_seconds: 140, waits: [12, 20, 22, 25, 28, 30, 31, 33, 35, 36, 37, 38, 38, 39, 40, 41, 44, 48, 52, 55, 59, 70, 80, 90, 110, 130, 140, 190, 220, 260, 690] }, { urgency: "today", raised: 92, acknowledged: 90, in_time: 88, median_seconds: 300, ninetieth_seconds: 1500, waits: [] }, { urgency: "unknown", raised: 22, acknowledged: 22, in_time: 21, median_seconds: 800, ninetieth_seconds: 4000, waits: [] }] },
      open_alerts: people.filter((row) => row.alert).map((row) => ({ id: row.alert, urgency: row.urgency, raised_at: row.heard_at ?? ago(60), step: row.urgency === "now" ? 1 : 0, state: row.who ? "acknowledged" : "open" })),
      channels: [{ channel: "pager", failing: 0, given_up: 0 }],
      break_glass: breakGlass,
    }),
  },
  {
    method: "GET", path: "/walk",
    handle: () => ok({ every_minutes: 5, overdue: false, last_at: ago(2), held: true, steps: [{ step: "came_in", held: true, at: ago(2), took_ms: 12 }] }),
  },
  {
    method: "GET", path: "/service-outcomes",
    handle: () => {
      const row = (by, group, of, better, expected) => ({ by, group, better: { of, count: better, ...(expected === undefined ? {} : { expected }) }, worse: { of }, recovered: { of, count: Math.max(5, better - 3) }, reliably_recovered: { of, count: Math.max(5, better - 5) } });
      const rows = [row("all", "", 84, 43), row("start", "10 to 14", 52, 25), row("start", "15 to 27", 32, 18), row("age_band", "26_64", 70, 36, 0.51), { ...row("age_band", "18_25", 0, 0), better: {}, worse: {}, recovered: {}, reliably_recovered: {} }];
      return ok({ as_of: new Date().toISOString(), fewest_people: 10, fewest_counted: 5, measures: [{ instrument: "phq-9", title: "Low-mood questions", rows }], contacts: { days: 28, people: 24, before: 0.8, after: 2.1 } });
    },
  },
  {
    method: "POST", path: "/break-glass/:id/review",
    handle: ({ params }) => {
      const entry = breakGlass.find((one) => one.id === params.id);
      if (!entry) return missing();
      entry.reviewed = true;
      return ok(entry);
    },
  },
  { method: "POST", path: "/mock/raise", handle: ({ body, publish }) => made({ person: raise(publish, body.urgency).name }) },
  ...administration(accounts, team),
];

const breakGlass = [
  { id: "bg-1", who: "Maeve Dorrigan", person: "01k3c7fq2h5v9tq0n4m8silas0", at: ago(1500), reason: "Silas rang the duty telephone while his own team was not answering.", reviewed: false },
  { id: "bg-2", who: "Tobias Aldermoor", person: "01k3c7fq2h5v9tq0n4m8hanne0", at: ago(4900), reason: "Cover for the Quay team, asked by their lead.", reviewed: true },
];

/** An alert that arrives while the page is open; tests ask for it by POST /mock/raise. */
function raise(publish, urgency = "today") {
  const row = people.find((one) => one.urgency === "usual" && !one.outside);
  Object.assign(row, { urgency, alert: `al-${row.person}`, new: true, acknowledged: false, who: null, heard_at: new Date().toISOString(), reason: urgency === "now" ? "Wrote: has taken something, five minutes ago" : "Wrote that nothing will change" });
  publish("alert", { alert: row.alert, urgency });
  publish("caseload", {});
  return row;
}
