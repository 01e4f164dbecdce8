/* Whom one made-up person lets see parts of their safety plan, for both halves of the mock. */

const day = 86_400_000;
const at = (days) => new Date(Date.now() + days * day).toISOString();
const consent = [
  "They see the parts of your safety plan that you tick, as these are at that moment, and what you want to be called. They see nothing else of yours.",
  "You hand the link on yourself. Whoever has it can open it without a log-in.",
  "You see how often it was opened, and when. Opening it calls nobody.",
  "It ends on the day that you choose, and you can take it back at any moment.",
];

let supporters = [
  { id: "sup-1", name: "Joss", relation: "My brother", link: { shares: ["warning_signs", "people"], called: "Addie", language: "en", since: at(-4), ends_at: at(26), state: "open", opened: 2, opened_at: at(-1) } },
  { id: "sup-2", name: "Auntie Bea", relation: "" },
];
const one = (id) => supporters.find((each) => each.id === id);
const gone = { status: 404, body: { type: "about:blank", title: "Not found", status: 404, detail: "That supporter is not on the list." } };

/** @param {() => { parts: Record<string, unknown[]>, updated_at?: string }} plan */
export const person_supporters = (plan) => [
  { method: "GET", path: "/supporters", handle: () => ({ status: 200, body: { items: supporters, days: [7, 30, 90, 180], usual_days: 30, consent } }) },
  { method: "POST", path: "/supporters", handle: ({ body }) => {
    supporters = [...supporters, { id: `sup-${supporters.length + 1}`, name: body.name, relation: body.relation ?? "" }];
    return { status: 201, body: supporters.at(-1) };
  } },
  { method: "DELETE", path: "/supporters/:id", handle: ({ params }) => ((supporters = supporters.filter((each) => each.id !== params.id)), { status: 204 }) },
  { method: "POST", path: "/supporters/:id/link", handle: ({ params, body }) => {
    if (!one(params.id)) return gone;
    const { shares, called, language, days } = body;
    const link = { shares, called, language, since: at(0), ends_at: at(days), state: "open", opened: 0 };
    one(params.id).link = link;
    return { status: 201, body: { link, token: `mock-${params.id}` } };
  } },
  { method: "PUT", path: "/supporters/:id/link", handle: ({ params, body }) => (one(params.id)?.link ? (Object.assign(one(params.id).link, { shares: body.shares }), { status: 204 }) : gone) },
  { method: "DELETE", path: "/supporters/:id/link", handle: ({ params }) => (one(params.id)?.link ? (delete one(params.id).link, { status: 204 }) : gone) },
  { method: "POST", path: "/shared-plan/open", open: true, handle: ({ body }) => {
    const link = one(String(body.token).replace("mock-", ""))?.link;
    if (!link) return { status: 404, body: { type: "about:blank", title: "Not found", status: 404, detail: "This link opens nothing: it has ended, or a part of it is missing." } };
    Object.assign(link, { opened: link.opened + 1, opened_at: at(0) });
    const { parts, updated_at } = plan();
    const shown = Object.fromEntries(Object.entries(parts).map(([part, lines]) => [part, link.shares.includes(part) ? lines : []]));
    const text = (kind, words) => ({ kind, text: words });
    return { status: 200, body: { called: link.called, language: link.language, until: link.ends_at, updated_at, shares: link.shares, parts: shown, worried: [text("text", "You can ask them plainly whether they think about suicide: asking does not make it worse.")], danger: [text("text", "Call 112: say where they are and what they said.")] } };
  } },
];

let note;
export const staff_supporters = [
  { method: "GET", path: "/people/:person/supporter-links", handle: () => ({ status: 200, body: { competence_below: 16, items: [{ id: "sup-1", name: "Joss", relation: "My brother", link: { shares: ["warning_signs", "people"], called: "Addie", language: "en", since: at(-4), ends_at: at(26), state: note ? "open" : "waits", opened: 0, ...(note ? { understood: note } : {}) } }] } }) },
  { method: "PUT", path: "/people/:person/supporter-links/:id/understood", handle: ({ body }) => ((note = { at: at(0), by: "Maeve Dorrigan", note: body.note }), { status: 204 }) },
];
