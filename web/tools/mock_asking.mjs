/* What somebody is asked, for both halves of the mock: three schedules of one made-up person, and the last thirty times. And who is on call. */

const hour = 3_600_000;
const at = (hours) => new Date(Date.now() + hours * hour).toISOString();
const why = { usual: "As often as was agreed.", less: "Less often for now: the last check-ins were steady and good.", more: "More often for now: the last days seem to have been harder." };

const made = (schedule, i) => ({ id: `sch-${i}`, running: true, made_at: at(-24 * 40), next_at: at(17), time_zone: "Europe/Dublin", times: [], least_gap_minutes: 0, usual_every: 1, at_least_every: schedule.usual_every ?? 1, rhythm: "usual", why: why.usual, ...schedule });
let schedules = [
  { form: "daily", times: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" }, { days: ["sat", "sun"], from: "10:30" }], at_least_every: 3, rhythm: "more", why: why.more },
  { form: "phq-9", title: "Low mood", times: [{ days: ["mon"], from: "17:30" }], usual_every: 2, at_least_every: 4, next_at: at(72) },
  { form: "gad-7", title: "Worry", anchor_at: at(120), offset_minutes: -2880, next_at: at(72) },
  { form: "daily", times: [{ from: "21:00" }], running: false, next_at: undefined },
  { form: "who-5", title: "Wellbeing", anchor_at: at(-100), offset_minutes: -1440, running: false, next_at: undefined, left_out: true },
].map(made);
const states = ["open", "answered", "answered", "missed", "answered", "missed", "missed", "answered", "answered", "withdrawn"];
const asks = Array.from({ length: 30 }, (_, i) => ({ id: `ask-${i}`, form: i % 7 === 3 ? "phq-9" : "daily", asked_at: at(-24 * i - 2), ends_at: at(-24 * i + 16), state: i === 0 ? "open" : states[1 + (i % 9)], ...(i % 2 ? {} : { reminded_at: at(-24 * i - 2) }) }));
let reminding = { time_zone: "Europe/Dublin" };

let pause = null;
const pause_of = ({ days, reason }, by) => ({ since: at(0), until: at(24 * days), by, ...(reason ? { reason } : {}) });

const running = () => schedules.filter((one) => one.running);
const add = (body) => {
  if (body.time_zone && !/^\w+\/\w+$/.test(body.time_zone)) return { status: 422, body: { type: "about:blank", title: "Not understood", status: 422, detail: "Choose a time zone such as Europe/Dublin." } };
  const one = made({ time_zone: "Europe/Dublin", ...body, ...(body.anchor_at ? {} : { times: body.times }) }, schedules.length + 1);
  schedules = [one, ...schedules];
  return { status: 201, body: one };
};
const stop = (id) => (schedules = schedules.map((one) => (one.id === id ? { ...one, running: false, next_at: undefined } : one)));

let notes = [{ id: "note-1", by: "Ruth Pellowe", at: at(-9), until: at(63), text: "The lead’s pager is being mended until Friday: ring the duty telephone instead." }];
const team = { id: "team-harbour", name: "Harbour Street team" };

let work_phone = "";
const reach = [
  { method: "GET", path: "/me/reach", handle: () => ({ status: 200, body: { devices: [], texts: true, ...(work_phone ? { work_phone, takes_texts: true } : {}) } }) },
  { method: "PUT", path: "/me/work-phone", handle: ({ body }) => ((work_phone = body.work_phone), { status: 204 }) },
];

export const staff_asking = [
  ...reach,
  { method: "GET", path: "/on-call", handle: ({ account }) => ({ status: 200, body: { time_zone: "Europe/Dublin", items: [{ team, set: true, now: [{ id: "acc-maeve", name: "Maeve Dorrigan" }], until: at(9), next: [{ id: "acc-ruth", name: "Ruth Pellowe" }], notes: notes.map((one) => ({ ...one, may_take_back: one.by === account.display_name })) }] } }) },
  { method: "POST", path: "/on-call/notes", handle: ({ account, body }) => {
    notes = [{ id: `note-${notes.length + 1}`, by: account.display_name, at: at(0), until: at(72), text: body.text }, ...notes];
    return { status: 201, body: { ...notes[0], may_take_back: true } };
  } },
  { method: "DELETE", path: "/on-call/notes/:id", handle: ({ params }) => ((notes = notes.filter((one) => one.id !== params.id)), { status: 204 }) },
  { method: "GET", path: "/people/:person/schedules", handle: () => ({ status: 200, body: { items: schedules, asks, longest_pause_days: 28, ...(pause ? { pause } : {}), letters: Boolean(reminding.mail), ...(reminding.time_zone ? { own_time_zone: reminding.time_zone } : {}) } }) },
  { method: "POST", path: "/people/:person/schedules", handle: ({ body }) => add(body) },
  { method: "PUT", path: "/people/:person/schedules/:id", handle: ({ params, body }) => {
    const answer = add(body);
    if (answer.status !== 201) return answer;
    stop(params.id);
    return { ...answer, status: 200 };
  } },
  { method: "DELETE", path: "/people/:person/schedules/:id", handle: ({ params }) => (stop(params.id), { status: 204 }) },
  { method: "PUT", path: "/people/:person/asking-pause", handle: ({ body }) => ({ status: 200, body: (pause = pause_of(body, "staff")) }) },
  { method: "DELETE", path: "/people/:person/asking-pause", handle: () => ((pause = null), { status: 204 }) },
];

export const person_asking = [
  ...reach,
  { method: "GET", path: "/asked", handle: () => ({ status: 200, body: { items: [{ id: "ask-0", kind: "check_in", form: "daily", until: at(16), rhythm: "more", why: why.more }], schedules: running(), longest_pause_days: 28, ...(pause ? { pause } : {}) } }) },
  { method: "PUT", path: "/asked/pause", handle: ({ body }) => ({ status: 200, body: (pause = pause_of(body, "person")) }) },
  { method: "DELETE", path: "/asked/pause", handle: () => ((pause = null), { status: 204 }) },
  { method: "GET", path: "/reminders", handle: () => ({ status: 200, body: { whatsapp: false, whatsapp_can: "always", ...reminding, letters: true, texts: true, quiet_from: "21:00", quiet_to: "08:00" } }) },
  { method: "PUT", path: "/reminders", handle: ({ body }) => ((reminding = { ...(body.mail ? { mail: body.mail } : {}), ...(body.phone ? { phone: body.phone } : {}), whatsapp: Boolean(body.whatsapp), ...(body.time_zone ? { time_zone: body.time_zone } : {}) }), { status: 204 }) },
];
