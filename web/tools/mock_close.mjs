/* Somebody close whom one made-up person lets be asked, for both halves of the mock. */

const day = 86_400_000;
const at = (days) => new Date(Date.now() + days * day).toISOString();
const consent = [
  "You choose somebody close to you. Now and then they get a letter by e-mail with a link to a few short questions about how things look from outside.",
  "What they answer goes to your care team. You see that they answered and when, not what.",
  "They see nothing of yours: no messages, no answers, no alerts, not even whether there is anything.",
  "You can end it at any time. Nobody is told why.",
];

let informants = [{ id: "inf-1", relation: "partner", called: "Addie", mail: "someone@example.org", language: "en", since: at(-40), state: "asked", every_days: 14, answered_at: [at(-3), at(-17)] }];

export const person_close = [
  { method: "GET", path: "/informants", handle: () => ({ status: 200, body: { items: informants, most: 3, letters: true, consent } }) },
  { method: "POST", path: "/informants", handle: ({ body }) => {
    if (!/^\S+@\S+\.\S+$/.test(body.mail)) return { status: 422, body: { type: "about:blank", title: "Not understood", status: 422, detail: "This is no e-mail address, such as someone@example.org." } };
    const one = { id: `inf-${informants.length + 1}`, ...body, since: at(0), state: "named", answered_at: [] };
    informants = [...informants, one];
    return { status: 201, body: one };
  } },
  { method: "DELETE", path: "/informants/:id", handle: ({ params }) => ((informants = informants.map((one) => (one.id === params.id ? { ...one, state: "ended", mail: undefined, ended_at: at(0) } : one))), { status: 204 }) },
];

let plan = { form: "own-close", title: "Seen from outside", every_days: 14, at: "10:00", time_zone: "Europe/Dublin" };
let notes = {};
const of_person = () => [{
  id: "inf-1", relation: "partner", language: "en", since: at(-40), state: plan ? "asked" : "named", waits: false, ...(plan ? { plan, next_at: at(11) } : {}), ...notes,
  asks: [{ asked_at: at(-3), state: "answered", reminded_at: at(-3) }, { asked_at: at(-17), state: "answered", reminded_at: at(-17) }, { asked_at: at(-31), state: "missed", reminded_at: at(-31) }],
}];
const answers = [
  { id: "ia-1", informant: "inf-1", at: at(-3), urgency: "usual", title: "Seen from outside", version: 1, said: [{ question: "How lively do they seem?", answer: "6 (0: not at all, 10: very)" }, { question: "What do you notice?", answer: "Up before noon most days, and out with the dog." }] },
  { id: "ia-2", informant: "inf-1", at: at(-17), urgency: "usual", title: "Seen from outside", version: 1, said: [{ question: "How lively do they seem?", answer: "3 (0: not at all, 10: very)" }] },
];

export const staff_close = [
  { method: "GET", path: "/people/:person/informants", handle: () => ({ status: 200, body: { items: of_person(), answers, letters: true, least_days: 7, most_days: 90, competence_below: 16, abuse_days: 180 } }) },
  { method: "PUT", path: "/people/:person/informants/:id/plan", handle: ({ body }) => ((plan = { ...body, title: "Seen from outside", time_zone: "Europe/Dublin" }), { status: 204 }) },
  { method: "DELETE", path: "/people/:person/informants/:id/plan", handle: () => ((plan = null), { status: 204 }) },
  { method: "PUT", path: "/people/:person/informants/:id/understood", handle: ({ body }) => ((notes = { ...notes, understood: { at: at(0), by: "Maeve Dorrigan", note: body.note } }), { status: 204 }) },
  { method: "PUT", path: "/people/:person/informants/:id/release", handle: ({ body }) => ((notes = { ...notes, released: { at: at(0), by: "Maeve Dorrigan", note: body.reason } }), { status: 204 }) },
];
