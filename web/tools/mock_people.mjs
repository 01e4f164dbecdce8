/* Made-up people for the mock server. Nobody here exists; telephone numbers are from a range kept for fiction. */

const minute = 60_000;
const day = 24 * 60 * minute;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();
const daysAgo = (days, hour = 9, minutes = 0) => {
  const at = new Date(Date.now() - days * day);
  at.setHours(hour, minutes, 0, 0);
  return at.toISOString();
};

/** A repeatable stream of numbers in 0 to 1. */
function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function spark(seed, { level = 3, drift = 0, gaps = [] } = {}) {
  const next = stream(seed);
  let value = level;
  return Array.from({ length: 28 }, (_, i) => {
    value = Math.min(5, Math.max(1, value + (next() - 0.5) * 0.9 + drift));
    const d = i - 27;
    return { d, v: gaps.some(([from, to]) => d >= from && d <= to) ? null : Math.round(value * 10) / 10 };
  });
}

const maeve = { id: "acc-maeve", name: "Maeve Dorrigan", initials: "MD" };
const ruth = { id: "acc-ruth", name: "Ruth Pellowe", initials: "RP" };
const tobias = { id: "acc-tobias", name: "Tobias Aldermoor", initials: "TA" };

const named = [
  { name: "Ada Merrowby", age_band: "29", urgency: "now", reason: "Wrote: decided, and it will be tonight", alert: "al-ada", new: true, heard_at: 1, who: null, due: 0.25, spark: [3, { drift: -0.02, gaps: [[-12, -10]] }] },
  { name: "Kofi Mensanor", age_band: "22", urgency: "today", reason: "Asked about an amount of medicine, after “nothing will change”", alert: "al-kofi", new: true, heard_at: 48, who: { ...ruth, doing: "is calling" }, spark: [5, { drift: -0.03 }] },
  { name: "Ines Valdoura", age_band: "34", urgency: "today", reason: "Wrote that someone at home hurt her. Shared phone: use the safe number only", alert: "al-ines", new: false, heard_at: 180, who: { ...maeve, doing: "call at 22:30" }, spark: [8, { level: 2.6, gaps: [[-22, -19], [-8, -7]] }] },
  { name: "Joss Tarnwick", age_band: "41", urgency: "today", reason: "PHQ-9 item 9: “several days”. The total fell from 18 to 15", alert: "al-joss", new: false, heard_at: 160, who: maeve, spark: [10, { drift: 0.04, level: 2 }] },
  { name: "Yara Haddouri", age_band: "19", urgency: "unknown", reason: "Wrote in Tigrinya. No tested rules for this language", alert: "al-yara", new: true, heard_at: 60, who: null, spark: [12, { gaps: [[-27, -8]] }] },
  { name: "Piet Ellerdyk", age_band: "57", urgency: "unknown", reason: "3 messages were read by rules only: the model was off, 20:02 to 20:14", alert: "al-piet", new: false, heard_at: 119, who: null, spark: [15, { drift: 0.05 }] },
  { name: "Sunniva Brekkstad", age_band: "46", urgency: "soon", reason: "Not on track: PHQ-9 is 19 at week 6, expected 8 to 15", alert: "al-sunniva", new: true, heard_at: 230, who: { ...tobias }, spark: [17, { drift: -0.02 }] },
  { name: "Dara Fennick", age_band: "31", urgency: "soon", reason: "No check-in for 6 days; used to answer daily", alert: null, new: false, heard_at: 8640, who: maeve, spark: [19, { gaps: [[-5, 0]] }] },
  { name: "Mei Langshaw", age_band: "27", urgency: "soon", reason: "Slept under 5 hours on 5 of 7 nights", alert: null, new: false, heard_at: 95, who: null, spark: [23, { drift: -0.03, level: 3.6 }] },
  { name: "Tomas Wendlow", age_band: "63", urgency: "soon", reason: "In chat on 6 of 7 nights; wrote “only you” twice", alert: null, new: false, heard_at: 1170, who: maeve, spark: [29, {}] },
];

const first = ["Bram", "Orla", "Niamh", "Edda", "Lorcan", "Petra", "Samir", "Wanda", "Hugo", "Aoife", "Jonas", "Tilde", "Rafael", "Sorcha", "Emre", "Dilys", "Anton", "Fenna", "Milo", "Greta"];
const last = ["Lyngvold", "Keaveston", "Ashgrove", "Tollmark", "Brennick", "Halloway", "Sandoval-Reyes", "Quillan", "Merriden", "Oakhurst", "Veldman", "Carrowan", "Whitlock", "Drummore", "Solheim", "Penrowe", "Arklow", "Stavely", "Norwood", "Delacourt"];

const many = Number(process.env.MOCK_PEOPLE ?? 48);

export const people = [
  ...named.map((row, i) => ({
    person: `p-${row.name.split(" ")[0].toLowerCase()}`,
    name: row.name, age_band: row.age_band, urgency: row.urgency, reason: row.reason, alert: row.alert, new: row.new, looked_at: daysAgo(3), changed: row.new ? ["PHQ-9 18 to 19", "3 check-ins"] : [],
    spark: spark(row.spark[0], row.spark[1]), heard_at: ago(row.heard_at), who: row.who, acknowledged: Boolean(row.who), due_at: row.due ? new Date(Date.now() + row.due * minute).toISOString() : null, index: i,
    ...(row.urgency === "soon" ? { to_look_at: { findings: [`f-p-${row.name.split(" ")[0].toLowerCase()}`], since: ago(row.heard_at), due_at: ago(row.heard_at - 2160) } } : {}),
  })),
  ...Array.from({ length: Math.max(0, many - named.length) }, (_, i) => ({
    person: `p-usual-${i}`,
    name: `${first[i % first.length]} ${last[(i * 7 + Math.floor(i / first.length)) % last.length]}`,
    age_band: String(18 + ((i * 11) % 55)), urgency: "usual",
    reason: i % 9 === 0 ? "" : "", alert: null, new: i % 9 === 0, looked_at: daysAgo(3), changed: i % 9 === 0 ? ["3 check-ins"] : [],
    spark: spark(100 + i, { drift: (i % 3 - 1) * 0.02, gaps: i % 5 === 0 ? [[-15, -12]] : [] }), heard_at: ago(60 * (3 + (i % 40))), who: null, acknowledged: false, due_at: null,
  })),
  { person: "p-silas", name: "Silas Orrin", age_band: "38", urgency: "usual", reason: "Looked after by the Quay team", alert: null, new: false, changed: [], spark: [], heard_at: ago(4000), who: null, acknowledged: false, due_at: null, outside: true },
];

const marksOf = (text, words) => words.map((word) => ({ begin: text.indexOf(word), end: text.indexOf(word) + word.length, rule: "stated-time" })).filter((mark) => mark.begin >= 0);

const card = (name) => ({
  safe_contact: { phone: "085 555 0142", times: "After 18:00", voicemail_ok: false, text_ok: true },
  address: name === "Ada" ? "14 Larch Row, Dublin 7" : null,
  emergency_contact: { name: "Joss", relation: "brother", phone: "085 555 0177", may_call: true },
  safety_plan: {
    updated_at: daysAgo(12),
    parts: {
      warning_signs: ["I stop answering people", "Nights without sleep"],
      coping: ["hot shower", "the dog video", "feet on the cold step"],
      distraction: [{ text: "the pool, Tuesday and Thursday" }, { text: "Auntie Bea’s kitchen", phone: "085 555 0163" }],
      people: [{ name: "Joss", phone: "085 555 0177" }, { name: "Auntie Bea", phone: "085 555 0163" }],
      professionals: [{ name: "Harbour Street duty telephone", phone: "01 555 0100" }],
      safer_place: ["Joss keeps the tablets at his place."],
    },
  },
  clinician: { name: "Maeve Dorrigan" },
  medicines: "Sertraline 50 mg since 9 October",
  last_contact: { at: daysAgo(11, 10, 15), what: "You rang, 12 minutes" },
  missing: name === "Ada" ? [] : ["address"],
});

const lastMessages = () => {
  const text = "I have decided. It will be tonight.";
  return [
    { id: "m-1", at: ago(19), author: "person", text: "joss isn’t picking up" },
    { id: "m-2", at: ago(2), author: "person", text: "tired of being the thing everyone works around" },
    { id: "m-3", at: ago(1), author: "person", text, urgency: "now", marks: marksOf(text, ["have decided", "tonight"]) },
  ];
};

const finding = (row) => ({
  id: `f-${row.person}`,
  at: row.heard_at, urgency: row.urgency, category: "suicide", subject: "self", time: "now",
  why: row.urgency === "now" ? "A decision with a time." : row.reason,
  rule: row.urgency === "now" ? "stated-time" : "expected-course", rule_title: row.urgency === "now" ? "stated time" : "expected course",
  source: { id: "SAFE-T-2024", citation: "SAFE-T, 2024", mark: "guideline" }, versions: row.urgency === "now" ? "14" : "3",
  evidence: [], judged: null, judged_by: null, about: { kind: "message", id: "m-3" }, person: row.person,
});

const alerts = new Map();

const called = [{ id: "no_answer", text: "No answer" }, { id: "spoke", text: "Spoke" }];

const steps = (short, has_plan) => [
  { id: "call_person", does: "call_person", title: `Call ${short}`, phone: "085 555 0142", detail: "Leave no voicemail.", deeds: called },
  { id: "call_contact", does: "call_contact", title: "No answer: call Joss, brother", phone: "085 555 0177", detail: `${short} agreed that they may be called.`, deeds: called },
  {
    id: "ask", does: "ask", title: `When you reach ${short}, ask`, deeds: [],
    questions: [
      { id: "suicide_now", text: "Thinking about suicide now?", mark: "house" },
      { id: "way_in_mind", text: "A way in mind?", mark: "house" },
      { id: "done_already", text: "Already taken or done something today?", mark: "house" },
      { id: "within_reach", text: "Is a way within reach?", mark: "house" },
      { id: "someone_there", text: "Is someone there?", mark: "house" },
      { id: "alcohol_drugs", text: "Alcohol or drugs today?", mark: "house" },
    ],
  },
  has_plan
    ? { id: "safety_plan", does: "go_through_plan", title: "Go through the safety plan", deeds: [{ id: "went_through", text: "Went through it" }] }
    : {
    id: "make_plan", does: "make_plan", title: "Make a safety plan together", detail: "They write it on their own page, in their words, and share it if they choose.",
    deeds: [{ id: "made", text: "Made one" }, { id: "later", text: "Not today" }],
    suggestions: [
      { part: "coping", text: "Five things I can see", from: "exercise" },
      { part: "coping", text: "Walking by the canal, before work", from: "first_assessment" },
      { part: "people", text: "Joss, brother", phone: "085 555 0177", from: "emergency_contact" },
      { part: "professionals", text: "Maeve Dorrigan", from: "clinician" },
    ],
      },
  { id: "send_help", does: "else", title: "Cannot wait: emergency services", detail: `The least intrusive step first. Tell ${short} that you call them, unless that adds danger.`, deeds: [{ id: "called", text: "Called them" }] },
    ];

const about_abuse = (short) => [
  { id: "call_safely", does: "call_person", title: `Call ${short}, on the safe number only`, phone: "085 555 0142", detail: "Leave no voicemail. If somebody else answers, say nothing of why you call. Leave no message that names what it is about.", deeds: [...called, { id: "not_safe", text: "Not safe to talk" }] },
  {
    id: "ask_alone", does: "ask", title: `When ${short} is alone, ask what can be answered by yes or no`, deeds: [],
    detail: "Agree on a word that means: not now. Seeking help or leaving can raise the danger, and devices may be watched. That none of these is said proves nothing.",
    questions: [
      { id: "safe_to_talk", text: "Is it safe to talk?", mark: "verified" },
      { id: "alone", text: "Are they alone, and out of hearing?", mark: "verified" },
      { id: "strangled", text: "Ever choked or strangled, even once?", mark: "verified" },
    ],
  },
  { id: "send_help_asked", does: "else", title: "Cannot wait: emergency services", detail: `Ask ${short} first where that is safe: who comes to the door can raise the danger.`, deeds: [{ id: "called", text: "Called them" }] },
];

export function alertOf(id) {
  if (alerts.has(id)) return alerts.get(id);
  const row = people.find((one) => one.alert === id);
  if (!row) return null;
  const short = row.name.split(" ")[0];
  const has_plan = row.urgency !== "now" || short === "Ada";
  const alert = {
    id,
    person: { id: row.person, name: row.name, age_band: row.age_band, country: "IE", language: "en" },
    urgency: row.urgency, category: row.urgency === "soon" ? "not on track" : "suicide", state: row.who ? "acknowledged" : "open",
    raised_at: row.heard_at, due_at: row.due_at ?? new Date(Date.now() + 5 * minute).toISOString(),
    path: [
      { kind: "raised", at: row.heard_at, text: "raised" },
      { kind: "told", at: new Date(Date.parse(row.heard_at) + 1000).toISOString(), by: "Maeve Dorrigan", text: "told" },
      ...(row.who ? [{ kind: "acknowledged", at: new Date(Date.parse(row.heard_at) + 47_000).toISOString(), by: row.who.name, text: "acknowledged" }] : []),
    ],
    finding: finding(row),
    messages: row.urgency === "now" ? lastMessages() : [{ id: "m-9", at: row.heard_at, author: "person", text: row.reason, marks: [] }],
    told_person: {
      at: row.heard_at,
      text: "Thank you for writing it here. Please do these three things now. 1 Call 112 or 999, or Samaritans 116 123. 2 Be with someone. 3 Move away from anything you could hurt yourself with. Is someone with you right now?",
      text_id: "now-en-7", answered: false,
    },
    consents: [
      { what: "Safety plan", text: has_plan ? "Shared with the team. Written 8 November." : "Not shared." },
      { what: "Joss, brother", text: "May be called in danger. Agreed 8 November." },
      { what: "Address", text: "May be given to emergency services" },
    ],
    card: has_plan ? card(short) : { ...card(short), safety_plan: undefined },
    next_steps: /home hurt/.test(row.reason) ? about_abuse(short) : steps(short, has_plan),
    outcomes: [
      ["reached", "Spoke with them", true, []],
      ["seen", "Saw them", true, []],
      ["help_is_there", "Emergency services are with them", true, []],
      ["not_reached", "Not reached yet", false, []],
      ["handed_over", "Handed to a colleague", false, ["colleague"]],
      ["no_contact_needed", "No contact needed", row.urgency !== "now", row.urgency === "now" ? ["reason", "second_person"] : ["reason"]],
    ].map(([id, text, closes, needs]) => ({ id, text, closes, needs, why: needs.length > 0 ? "Nobody was heard, or somebody else has to say yes." : "" })),
    acknowledged_by: row.who ? { id: row.who.id, name: row.who.name } : null,
    needs_second: false,
    deliveries: [],
    conversation: `c-${row.person}`,
  };
  alerts.set(id, alert);
  return alert;
}

export const findingsOf = () => people.filter((row) => row.urgency !== "usual" && !row.outside).map(finding).concat(
  { ...finding(people[6]), id: "f-sleep", urgency: "usual", category: "sleep", rule: "lagged", rule_title: "mood follows sleep, one day later", why: "Interval 0.05 to 0.31, 96 days. Weak.", versions: "2" });

function progress(seed) {
  const next = stream(seed);
  const points = [];
  const average = [];
  const gaps = [{ from: daysAgo(57), to: daysAgo(51) }, { from: daysAgo(9), to: daysAgo(6) }];
  const inGap = (at) => gaps.some((gap) => at >= gap.from && at <= gap.to);
  let level = 3.3;
  let run = [];
  for (let d = 111; d >= 0; d -= 1) {
    const at = daysAgo(d);
    if (inGap(at)) { run = []; continue; }
    level = Math.min(4.2, Math.max(1.4, level + (next() - 0.5) * 0.45 + (d < 50 ? (2.4 - level) * 0.08 : (3.4 - level) * 0.05)));
    const value = Math.min(5, Math.max(1, Math.round(level + (next() - 0.5) * 1.7)));
    points.push({ at, value });
    run.push(value);
    const window = run.slice(-7);
    if (window.length >= 3) {
      const mean = window.reduce((sum, one) => sum + one, 0) / window.length;
      average.push({ at, value: mean, low: mean - 0.35, high: mean + 0.35 });
    }
  }
  const totals = [[100, 13], [72, 15], [42, 18], [28, 17], [14, 18], [0, 19]].map(([d, total]) => ({ at: d === 0 ? ago(230) : daysAgo(d, 18, 20), total, low: total - 4, high: Math.min(27, total + 4), text: "" }));
  return {
    sentence: "Mood has been heavier since early October, and the PHQ-9 total rose from 13 to 19.",
    series: { measure: "mood", scale: [{ value: 1, text: "very low" }, { value: 2, text: "low" }, { value: 3, text: "in between" }, { value: 4, text: "good" }, { value: 5, text: "very good" }], better: "up", points, gaps, average, usual: { low: 2.9, high: 4 } },
    totals: [{ instrument: "phq-9", title: "PHQ-9 total", range: [0, 27], better: "down", points: totals }],
    helps: [], empty: false,
  };
}

const not_on_track = { id: "not_on_track", urgency: "soon", text: "Not on track: at this week of treatment, most people with a total this high did not respond to it.", source: "cbt-cut-points-2015", from: { id: "cbt-cut-points-2015", citation: "Gen Hosp Psychiatry 2015", mark: "verified" } };

/** What the server says of a course of treatment, for the person who is not on track; of others nothing is recorded. */
function course_of(row, empty) {
  const begun = daysAgo(42, 18, 20);
  const treated = row.person === "p-sunniva";
  const limits = [18, 15.6, 14.8, 14.3, 13.9, 13.6, 13.5, 13.2, 13];
  const line = {
    instrument: "phq-9", title: "Low-mood questions", baseline: 18, baseline_at: begun, current: 19, current_at: ago(230), treated: true, change: 1, reliable: "none",
    was_case: true, is_case: true, recovery: false, reliable_recovery: false, behind_above: 13.5, words: "No change that is more than chance, and in the range of a case as before.", text: "",
    reliable_points: 6, beyond_chance: true, source: "NHS Talking Therapies", mark: "verified", case_from: 10, case_source: "NHS Talking Therapies", case_mark: "verified", flags: [not_on_track],
    expected: { judged_from: daysAgo(21), judged_to: daysAgo(-14), fitted: true, from: { id: "x", citation: "Own courses of this service", mark: "verified" }, points: limits.map((limit, i) => ({ at: daysAgo(42 - 7 * i), low: limit - 6, middle: limit - 3, limit })) },
  };
  const offers = [{
    kind: "slowing_down", at: daysAgo(4),
    text: "Ups and downs have become larger and last longer. It is a possible early sign and asks for nobody by itself: published, such signs came before 33 of 100 recurrences.",
    numbers: "Each day goes with the day before it by 0.61 (95 %: 0.31 to 0.80; 0 is not at all, 1 is wholly). Seen to rise over 28 days. Of the last 28 days, 86 of 100 have an answer.",
    source: { id: "smit-2025", citation: "Smit AC and others, 2025, on signs of critical slowing down before recurrences of depression in 37 patients (read second-hand, in the notes of a public copy of kossakowski2017).", says: "Such signs came before 32.9 % of the recurrences.", mark: "second-hand" },
  }];
  const events = [
    { at: daysAgo(51), kind: "life", text: "Bereaved", number: 1 },
    { at: begun, kind: "treatment_begun", text: "Psychological treatment, with a medicine" },
    { at: daysAgo(40), kind: "medicine", text: "Sertraline 50 mg", number: 2 },
    { at: daysAgo(14, 14), kind: "appointment", text: "Second visit", missed: true, number: 3 },
    { at: daysAgo(11, 10, 15), kind: "contact", text: "Rang, 12 minutes.", by: "Maeve Dorrigan" },
    { at: ago(231), kind: "alert", text: "Not on track", urgency: "soon" },
  ];
  return {
    outcomes: { lines: treated ? [line] : [], waiting: [], steps: treated ? ["How are we working together?", "Does the person still want this change?", "Who is there for them outside these hours?", "Has something happened?"] : [] },
    ...(treated ? { treatment: { started_on: begun.slice(0, 10), psychological: true, medication: true } } : {}),
    designed: [], offers: empty ? [] : offers, known_and_planned: [], critical: [], reviews: [], events: empty ? [] : events,
  };
}

export function personOf(row, page = 1) {
  const empty = row.spark.length === 0;
  const items = page === 2
    ? [{ id: "e-20", at: daysAgo(40, 16, 5), kind: "check_in", text: "Mood in between, slept 6 hours" }, { id: "e-21", at: daysAgo(42, 18, 20), kind: "questionnaire", text: "PHQ-9 total 18. Item 9: not at all." }, { id: "e-22", at: daysAgo(60, 11), kind: "note", text: "Maeve Dorrigan: first visit. Wants to sleep again, and to see her sister." }]
    : [
        { id: "e-1", at: ago(230), kind: "questionnaire", text: "PHQ-9 total 19. Item 9: not at all." },
        { id: "e-2", at: ago(231), kind: "finding", urgency: "soon", text: "Not on track: expected 8 to 15 at week 6. Rule expected course, version 3." },
        { id: "e-3", at: ago(870), kind: "check_in", text: "Mood low, slept 4 hours. “Same. Awake from three.”" },
        { id: "e-4", at: daysAgo(2, 23, 5), kind: "message", text: "Talked with Handrail, 14 messages. About the house clearing. Tried worry time; rated it 2 of 5." },
        { id: "e-5", at: daysAgo(6, 9), kind: "silence", text: "No check-in from 12 to 14 November" },
        { id: "e-6", at: daysAgo(11, 10, 15), kind: "note", text: "Maeve Dorrigan rang, 12 minutes. “Couldn’t face the bus.” Next visit moved to video." },
        { id: "e-7", at: daysAgo(14, 14), kind: "alert", urgency: "soon", text: "Did not come to the visit. The reminder was opened at 12:10." },
        { id: "e-8", at: daysAgo(15, 9, 2), kind: "access", text: "Maeve Dorrigan opened this page. Shown to the person." },
      ];
  return {
    person: { id: row.person, name: row.name, age_band: row.age_band, country: "IE", language: "en", since: daysAgo(250), clinician: { name: "Tobias Aldermoor" } },
    card: card(row.name.split(" ")[0]),
    urgency: row.urgency,
    open_alert: row.alert ?? null,
    since_you_looked: empty ? [] : [{ at: ago(230), text: "PHQ-9 18 to 19; not on track at week 6" }, { at: ago(870), text: "Under 5 hours of sleep on 3 of 4 nights" }, { at: daysAgo(6), text: "3 check-ins missed, 12 to 14 November" }],
    progress: empty ? { sentence: null, series: null, totals: [], helps: [], empty: true } : progress(row.person.length * 31 + 7),
    findings: row.urgency === "usual" ? [] : findingsOf().filter((one) => one.person === row.person || (row.person === "p-sunniva" && one.id === "f-sleep")),
    quiet: row.quiet ?? [],
    to_look_at: row.to_look_at ? [{ finding: { ...finding(row), at: row.to_look_at.since, due_at: row.to_look_at.due_at }, owner: { id: maeve.id, name: "Maeve Dorrigan" } }] : [],
    in_place: [
      { what: "Safety plan", text: row.person === "p-sunniva" ? "Written 12 October. Nobody named to ask for help." : "Written 12 days ago", missing: row.person === "p-sunniva" },
      { what: "Supporter", text: "Ragna, sister.", missing: false },
      { what: "Medicine", text: "Sertraline 50 mg since 9 October", missing: false },
      { what: "Consent", text: "Team reads chat and check-ins, until 9 April 2027", missing: false },
    ],
    timeline: { items: empty ? [] : items, next: page === 1 && !empty ? "2" : null },
    ...course_of(row, empty),
  };
}

const conversations = new Map();

export function conversationOf(id) {
  if (conversations.has(id)) return conversations.get(id);
  const row = people.find((one) => `c-${one.person}` === id);
  if (!row) return null;
  const short = row.name.split(" ")[0];
  const danger = row.urgency === "now";
  const conversation = {
    id, state: row.name.startsWith("Mei") ? "waiting" : "ai", with: null, waiting: row.name.startsWith("Mei") ? { since: ago(3), text: "Asked 3 minutes ago." } : null, memory: true,
    messages: danger
      ? [...lastMessages().slice(0, 2), lastMessages()[2], { id: "m-4", at: ago(1), author: "ai", text: "Thank you for writing it here. Please do these three things now.", blocks: [{ kind: "text", text: "Thank you for writing it here. Please do these three things now." }, { kind: "steps", items: [{ text: "Call 112 or 999, or Samaritans 116 123.", tel: "112" }, { text: "Be with someone." }, { text: "Move away from anything you could hurt yourself with." }] }, { kind: "question", text: "Is someone with you right now?", choices: [{ id: "yes", text: "Yes" }, { id: "no", text: "No" }] }] }]
      : [{ id: `m-${id}-1`, at: ago(12), author: "person", text: "hello again" }, { id: `m-${id}-2`, at: ago(11), author: "ai", text: "Hello. I am an AI. What is on your mind tonight?" }, { id: `m-${id}-3`, at: ago(3), author: "person", text: row.name.startsWith("Mei") ? "can i talk to someone real pls" : "the breathing one helped a bit" }],
    earlier: null,
  };
  const held = { row, page: { notes: [], conversation, person: { id: row.person, name: row.name, age_band: row.age_band, country: "IE", language: "en" }, matters: { alert: row.alert ? { id: row.alert, urgency: row.urgency, reason: row.reason } : null, card: card(short) } } };
  conversations.set(id, held);
  return held;
}

export function liveOf(account) {
  const at = (name) => people.find((row) => row.name.startsWith(name));
  const shown = ["Ada", "Mei", "Bram", "Orla", "Niamh"].map(at).filter(Boolean).map((row) => conversationOf(`c-${row.person}`));
  const entry = (held) => {
    const { conversation } = held.page;
    const last = conversation.messages.filter((message) => message.author === "person").at(-1);
    return { conversation: conversation.id, person: held.row.person, name: held.row.name, since: conversation.waiting?.since ?? last?.at, urgency: held.row.urgency, last: last?.text, with: conversation.with, state: conversation.state };
  };
  const waiting = shown.filter((held) => held.page.conversation.state === "waiting");
  const mine = shown.filter((held) => held.page.conversation.with?.id === account.id);
  const others = shown.filter((held) => !waiting.includes(held) && !mine.includes(held));
  return { waiting: waiting.map(entry), mine: mine.map(entry), others: others.map(entry), here: [{ id: account.id, name: account.display_name, initials: account.initials }] };
}
