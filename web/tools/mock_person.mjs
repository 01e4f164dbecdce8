/* A made-up person's half of the mock server: Ada's chat, check-ins, progress, plan and privacy. */

import { crisis_now, crisis_today, exercise_offer, help_of } from "./mock_replies.mjs";
import { person_asking } from "./mock_asking.mjs";
import { person_close } from "./mock_close.mjs";
import { person_supporters } from "./mock_supporters.mjs";

const minute = 60_000;
const day = 24 * 60 * minute;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();
const ok = (body) => ({ status: 200, body });
const made = (body) => ({ status: 201, body });
const clock = (at = new Date()) => at.toTimeString().slice(0, 5);

export const person_account = { id: "acc-ada", role: "person", login: "ada", password: "handrail-demo", display_name: "Ada", person: "per-ada", second_factor: false, language: "en", teams: [] };

const service = {
  name: "Handrail", demo: true, open: true, open_needs: [], languages: ["en", "es", "fr", "de", "pt"],
  staffed: { now: true, text: "Someone from your team reads here until 17:00." }, own_line: null, leave_url: "https://www.rte.ie/weather/",
  privacy: { who_reads: "Your care team reads what you write here, if you say yes to that. Without your yes they read only when words sound like danger. They do not watch all the time.", when: "Someone from your team reads here until 17:00." },
  notice: ["You will talk to an AI.", "Your team can read it.", "In danger, a person is told.", "You are in charge."],
  language_models: [],
  retention_days: 365, countries: [{ code: "IE", name: "Ireland" }, { code: "GB", name: "United Kingdom" }, { code: "US", name: "United States" }, { code: "DE", name: "Germany" }], version: "0.1.0",
};

let number = 0;
const message = (author, text, more = {}) => ({ id: `msg-${String((number += 1)).padStart(4, "0")}`, at: new Date().toISOString(), author, text, ...more });

function first_conversation() {
  return { id: "con-1", state: "ai", with: null, waiting: null, memory: true, earlier: null, messages: [
    { ...message("ai", "Hello, Ada. I am an AI: not a person, not a clinician, not an emergency service. I can get things wrong. I may not suit some people under 18.",
      { blocks: [{ kind: "text", text: "Hello, Ada. I am an AI: **not a person, not a clinician, not an emergency service.** I can get things wrong. I may not suit some people under 18." }] }), at: ago(9) },
  ] };
}
let conversation = first_conversation();

function replies_to(text) {
  const words = text.toLowerCase();
  if (/decided|tonight/.test(words)) return [message("ai", "Thank you for writing it here. Please do these three things now.", { blocks: crisis_now() })];
  if (/ending it|better off without|kill/.test(words)) return [message("ai", "Thank you for telling me.", { blocks: crisis_today() })];
  if (/step|breath/.test(words)) return [message("ai", "Here is one small step.", { blocks: exercise_offer() })];
  if (/canteen/.test(words)) return [message("ai", "The car was the one place you could breathe. What was it about the canteen?")];
  return [message("ai", "So it was being looked at, more than the room. That is a lot to carry into lunch. Which would help more now?", {
    blocks: [{ kind: "text", text: "So it was being looked at, more than the room. That is a lot to carry into lunch. Which would help more now?" },
      { kind: "question", text: "", choices: [{ id: "talk", text: "Keep talking" }, { id: "step", text: "One small step" }] }] })];
}

function human_joins(publish) {
  conversation.state = "human";
  conversation.waiting = null;
  conversation.with = { name: "Maeve Dorrigan", role: "nurse", since: new Date().toISOString() };
  conversation.messages.push(message("system", "joined", { author_name: "Maeve Dorrigan", author_role: "nurse" }));
  conversation.messages.push(message("human", "Hi Ada, it’s Maeve. I’ve read what you wrote today, so you don’t need to start again.", { author_name: "Maeve Dorrigan", author_role: "nurse on your team" }));
  publish("conversation", { conversation: conversation.id });
}

function say(text, client_id, publish) {
  const sent = message("person", text, { client_id });
  conversation.messages.push(sent);
  if (conversation.state === "human") {
    setTimeout(() => {
      conversation.messages.push(message("human", "You said you wanted to say it to someone. I’m here. What is the “it”?", { author_name: "Maeve Dorrigan", author_role: "nurse on your team" }));
      publish("message", { conversation: conversation.id });
    }, 600);
    return made({ message: sent, replies: [] });
  }
  const replies = replies_to(text);
  conversation.messages.push(...replies);
  return made({ message: sent, replies });
}

const form = { id: "daily", version: "1", groups: [
  { id: "mood", question: "How has today been?", choices: ["Very low", "Low", "In between", "Good", "Very good"].map((text, i) => ({ value: i + 1, text })) },
  { id: "sleep", question: "How many hours did you sleep?", choices: ["0–3", "4", "5", "6", "7", "8+"].map((text, i) => ({ value: i + 3, text })) },
  { id: "did", question: "What did you do? Choose any.", many: true, choices: [["people", "Saw someone"], ["out", "Went out"], ["work", "Work or study"], ["moved", "Moved my body"], ["rested", "Rested"], ["liked", "Something I like"], ["little", "Not much"]].map(([value, text]) => ({ value, text })) },
  { id: "note", question: "Anything to add?", text: true, hint: "You can leave this empty.", below: "Your team reads this later, not right away.", longest: 2000 },
] };

const items = ["Little interest or pleasure in doing things", "Feeling down, depressed, or hopeless", "Trouble falling or staying asleep, or sleeping too much", "Feeling tired or having little energy", "Poor appetite or overeating",
  "Feeling bad about yourself, or that you are a failure or have let yourself or your family down", "Trouble concentrating on things, such as reading the newspaper or watching television",
  "Moving or speaking so slowly that other people could have noticed. Or the opposite: being so fidgety or restless that you have been moving around a lot more than usual", "Thoughts that you would be better off dead, or of hurting yourself in some way"];
const options = ["Not at all", "Several days", "More than half the days", "Nearly every day"].map((text, value) => ({ value, text }));
// Two made-up questions in the place of a screener.
const further = { id: "screener", version: "1", language: "en", title: "Questions about safety", stem: "", items: ["A first further question?", "A second further question?"].map((text, i) => ({ id: `${i + 1}`, text, options: [{ value: 0, text: "No" }, { value: 1, text: "Yes" }], critical: true })), skips: [], attribution: "A made-up screener" };

function progress() {
  const moods = [2, 2, 2, 2, 3, 2, 1, 2, 3, 2, 3, 3, null, null, null, null, 3, 3, 3, 2, 2, 3, 3, 3, 3, 2, 4, 4];
  const at = (index) => new Date(Date.now() - (moods.length - 1 - index) * day).toISOString();
  const points = moods.flatMap((value, index) => (value === null ? [] : [{ at: at(index), value }]));
  const average = moods.flatMap((_, index) => {
    const near = moods.slice(Math.max(0, index - 4), index + 1);
    const given = near.filter((value) => value !== null);
    if (moods[index] === null || given.length < 3) return [];
    const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
    return [{ at: at(index), value: mean, low: mean - 0.35, high: mean + 0.35 }];
  });
  return { sentence: "The last two weeks were a little lighter.", how_sure: "Days still go up and down. That is usual.", empty: false,
    series: { measure: "mood", better: "up", scale: form.groups[0].choices, points, average, gaps: [{ from: at(12), to: at(15) }], usual: { low: 2, high: 3.4 } },
    totals: [{ instrument: "phq9", title: "Low-mood questions", range: [0, 27], better: "down", points: [{ at: ago(90 * 1440), total: 17, low: 13, high: 21, text: "" }, { at: ago(4 * 1440), total: 11, low: 7, high: 15, text: "A fall of 6 or more is unlikely to be chance." }] }],
    helps: [{ text: "Days after 7 or more hours of sleep were better.", how_sure: "10 of 12 such days. Fairly sure, not certain." }] };
}

let plan = { version: 3, shared_with_team: true, kept_on_device: false, updated_at: ago(30 * 1440), parts: {
  warning_signs: ["I stop answering Joss.", "I walk past my own bus stop."], coping: ["Hot shower.", "The dog video.", "Feet on the cold step and count the windows."],
  distraction: [{ text: "The swimming pool till ten." }, { text: "Kitchen at Auntie Bea’s." }],
  people: [{ name: "Joss, my brother", phone: "+353 20 910 0001" }, { name: "Auntie Bea", phone: "+353 20 910 0002" }],
  professionals: [{ name: "Samaritans", phone: "116 123" }, { name: "Emergency", phone: "112" }], safer_place: ["Joss keeps the tablets at his place."] } };
let contact = { phone: "+353 20 910 0009", email: null, times: "After six in the evening", voicemail_ok: false, text_ok: true, address: null, emergency_contact: { name: "Joss", relation: "brother", phone: "+353 20 910 0001", may_call: true }, medicines: null };
/* By what the page calls each: the same again is the same one. */
const kept_check_ins = new Map();
let whatsapp = { on: true, number: "+35315550100", joined: true, joined_at: new Date(Date.now() - 86_400_000).toISOString(), ends_in: "67" };
let consents = [
  { id: "record", text: "Keep a record of what I write and answer", consequence: "Without it, you can read and call, but not write here.", granted: true, at: ago(90 * 1440), version: "1" },
  { id: "staff_reading", text: "My team reads my chat", consequence: "Without it, they see only what raised an alert.", granted: true, at: ago(90 * 1440), version: "1" },
  { id: "language_model", text: "A language model helps to word replies", consequence: "Without it, replies are plainer. Nothing leaves this service.", granted: false, at: null, version: "1" },
  { id: "research", text: "Use my answers, without my name, for research", consequence: "No effect on your care.", granted: false, at: null, version: "1" },
];
let erasure = { state: "none" };
let sessions = [{ id: "ses-1", started_at: ago(300), seen_at: ago(0), device: "Chrome on Android", current: true }, { id: "ses-2", started_at: ago(9000), seen_at: ago(4000), device: "Firefox on Windows", current: false }];

export const person_routes = [
  ...person_asking,
  ...person_close,
  ...person_supporters(() => plan),
  { method: "GET", path: "/service", open: true, handle: () => ok(service) },
  { method: "GET", path: "/help", open: true, handle: ({ query }) => ok(help_of(query.country)) },
  { method: "GET", path: "/protocol", open: true, handle: () => ok({ title: "What we do when someone is in danger", language: "en", sections: [{ heading: "When words sound like danger", text: "The reply names people to call. Someone on duty is told." }], fixed_heading: "The fixed words", fixed: [{ id: "now.suicide.self", heading: "Now, suicide, the person", text: "Call now.\nStay with somebody." }], rules_heading: "Every rule, and what shows it", rules_text: "Each rule beside what shows it.", rules: [{ id: "A1", says: "says it is an AI", shown: ["Shown by: Protocol.A1_TheFirstReplyOfEveryConversationSaysWhatItIs", "2 scripted conversations"] }], versions: { protocol: "1" } }) },
  { method: "POST", path: "/recovery", open: true, handle: () => ({ status: 204 }) },
  { method: "GET", path: "/me/sessions", handle: () => ok({ items: sessions }) },
  { method: "DELETE", path: "/me/sessions/:id", handle: ({ params }) => ((sessions = sessions.filter((one) => one.id !== params.id)), { status: 204 }) },
  { method: "POST", path: "/me/password", handle: ({ body }) => (body.old === "handrail-demo" ? { status: 204 } : { status: 422, body: { type: "about:blank", title: "Wrong password", status: 422, detail: "The old password is not right." } }) },
  { method: "POST", path: "/me/re-authenticate", handle: () => ({ status: 204 }) },
  { method: "PATCH", path: "/me", handle: ({ account, body }) => ok(Object.assign(account, body)) },
  { method: "GET", path: "/conversation", handle: () => ok(conversation) },
  { method: "GET", path: "/conversation/messages", handle: () => ok({ items: [] }) },
  { method: "POST", path: "/conversation/messages", handle: ({ body, publish }) => say(body.text, body.client_id, publish) },
  { method: "POST", path: "/conversation/choices", handle: ({ body, publish }) => {
    const asked = conversation.messages.find((one) => one.id === body.message);
    const choice = asked?.blocks?.flatMap((block) => block.choices ?? []).find((one) => one.id === body.choice);
    return say(choice?.text ?? body.choice, undefined, publish);
  } },
  { method: "POST", path: "/conversation/person-wanted", handle: ({ publish }) => {
    conversation.state = "waiting";
    conversation.waiting = { since: new Date().toISOString(), text: `Asked at ${clock()}. The usual wait is 8 minutes. You can keep writing. The person will see it.` };
    conversation.messages.push(message("ai", `I have asked for a person at ${clock()}. The usual wait is 8 minutes. You can keep writing. The person will see it.`));
    setTimeout(() => conversation.state === "waiting" && human_joins(publish), Number(process.env.MOCK_WAIT ?? 4000));
    return ok(conversation);
  } },
  { method: "DELETE", path: "/conversation/person-wanted", handle: () => ((conversation.state = "ai"), (conversation.waiting = null), (conversation.with = null), ok(conversation)) },
  { method: "POST", path: "/conversation/new", handle: () => ok((conversation = first_conversation())) },
  { method: "GET", path: "/check-in/form", handle: () => ok(form) },
  { method: "POST", path: "/check-ins", handle: ({ body }) => (kept_check_ins.set(body.client_id, { id: body.client_id, at: new Date().toISOString(), answers: body.answers }), made({ id: "chk-1", saved_at: new Date().toISOString(), next: null, blocks: /ending it|kill/.test(body.answers?.note ?? "") ? crisis_today() : null })) },
  { method: "GET", path: "/check-ins", handle: () => ok({ items: [...kept_check_ins.values()].concat(progress().series.points.map((point, i) => ({ id: `chk-${i}`, at: point.at, answers: { mood: point.value } }))) }) },
  { method: "GET", path: "/questionnaires", handle: () => ok({ items: [{ id: "phq-9", name: "PHQ-9", title: "Low mood", minutes: 2, languages: ["en"], available: true, by_themselves: true }, { id: "gad-7", name: "GAD-7", title: "Worry", minutes: 2, languages: ["en"], available: true, by_themselves: true }, { id: "isi", name: "ISI", title: "Sleep", minutes: 2, languages: ["en"], available: false, by_themselves: true, why_not: "Its words need a licence that this service does not have." }] }) },
  { method: "GET", path: "/questionnaires/:id", handle: ({ params }) => ok({ id: params.id, version: "1", language: "en", title: params.id === "phq-9" ? "Low mood" : "Worry", stem: "Over the last 2 weeks, how often have you been bothered by", items: items.map((text, i) => ({ id: `q${i + 1}`, text, options, critical: i === 8 || undefined })), skips: [], attribution: "PHQ-9, Spitzer, Williams, Kroenke and colleagues" }) },
  { method: "POST", path: "/questionnaires/:id/answers", handle: ({ body }) => made({ id: "ans-1", status: "saved", told: body.partial ? null : { title: "Your total is 11.", text: "The range is 0 to 27. Lower is better. It was 17 in August. A fall of 6 or more is unlikely to be chance.", range: "0 to 27" }, blocks: Number(body.answers?.q9 ?? 0) > 0 && body.partial ? crisis_today() : null, follow_up: Number(body.answers?.q9 ?? 0) > 0 ? further : undefined }) },
  { method: "GET", path: "/progress", handle: () => ok(progress()) },
  { method: "GET", path: "/safety-plan", handle: () => ok(plan) },
  { method: "PUT", path: "/safety-plan", handle: ({ body }) => ok((plan = { ...body, version: plan.version + 1, updated_at: new Date().toISOString() })) },
  { method: "GET", path: "/safe-contact", handle: () => ok(contact) },
  { method: "PUT", path: "/safe-contact", handle: ({ body }) => ok((contact = body)) },
  { method: "GET", path: "/whatsapp", handle: () => ok(whatsapp) },
  { method: "POST", path: "/whatsapp/code", handle: () => made({ code: "4821-9307", text: "LINK 4821-9307", ends_at: new Date(Date.now() + 600_000).toISOString(), link: "https://wa.me/35315550100?text=LINK%204821-9307" }) },
  { method: "DELETE", path: "/whatsapp", handle: () => ((whatsapp = { on: true, number: "+35315550100", joined: false }), { status: 204 }) },
  { method: "GET", path: "/consents", handle: () => ok({ purposes: consents }) },
  { method: "PUT", path: "/consents", handle: ({ body }) => ((consents = consents.map((one) => ({ ...one, ...(body.purposes ?? []).find((given) => given.id === one.id) }))), ok({ purposes: consents })) },
  { method: "GET", path: "/privacy/readers", handle: () => ok({ sentences: ["The Harbour Street team can read what you write.", "They look when you ask, when your words sound like danger, and before a visit.", "Nobody else can, unless they give a reason. You will see it."], people: [{ name: "Maeve Dorrigan", role: "nurse", why: "She looks after your care." }, { name: "Tobias Aldermoor", role: "doctor", why: "He is on your team." }, { name: "Ruth Pellowe", role: "lead", why: "She leads the team." }] }) },
  { method: "GET", path: "/privacy/accesses", handle: () => ok({ items: [
    { at: ago(30), who: "Ruth Pellowe", role: "lead", what: "Read your chat while Maeve wrote", why: "Not on your team, so she had to give a reason: “helping Maeve”." },
    { at: ago(36), who: "Maeve Dorrigan", role: "nurse", what: "Read your chat, wrote to you", why: "Because of an alert." },
    { at: ago(1500), who: "Tobias Aldermoor", role: "doctor", what: "Read your progress", why: "Before your visit." },
    { at: ago(1800), who: "Handrail, the AI", role: "system", what: "Looked at your check-ins", why: "Nothing left this service." }] }) },
  { method: "GET", path: "/privacy/sent", handle: () => ok({ items: [{ at: ago(90), to: "Example AI, Ireland", address: "api.example.org", model: "small-1", words: "Instructions: You put one short reply of a support chat into words.\n\nYou: <said>My [person 1] shouts at me.</said>\n\n" }] }) },
  { method: "GET", path: "/privacy/erase", handle: () => ok(erasure) },
  { method: "POST", path: "/privacy/erase", handle: () => made((erasure = { state: "asked", asked_at: ago(0), due_at: ago(-7 * 1440), kept: ["That you had an account, without your name.", "Who looked at your record, without what they read."] })) },
  { method: "DELETE", path: "/privacy/erase", handle: () => ok((erasure = { state: "none" })) },
  { method: "GET", path: "/exercises", handle: () => ok({ items: [{ id: "breath", title: "Slow breathing", minutes: 3, why: "Helped you on 3 Nov", not_when: "you feel faint" }, { id: "senses", title: "Five things you can see", minutes: 2, why: null, not_when: null }] }) },
];
