/* Administration half of the mock server. Crisis lines here are examples for the page, not data to rely on. */

const minute = 60_000;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();
const ahead = (minutes) => new Date(Date.now() + minutes * minute).toISOString();
const ok = (body) => ({ status: 200, body });
const made = (body) => ({ status: 201, body });
const none = () => ({ status: 204 });
const missing = () => ({ status: 404, body: { type: "about:blank", title: "Not found", status: 404, detail: "There is nothing here." } });

const lines = [
  { id: "ie-emergency", name: "Emergency", phone: "112, 999", dial: "112", hours: "Always", languages: ["en"], audience: "all", confirmed: true, emergency: true, status: "agreed", sources: ["List A", "List B", "List C"], source_date: "2026-06-14", country: "IE" },
  { id: "ie-samaritans", name: "Samaritans Ireland", phone: "116 123", dial: "116123", hours: "Day and night", free: true, languages: ["en"], audience: "all", confirmed: true, status: "agreed", sources: ["List A", "List B", "List C", "List D", "The line’s own page"], source_date: "2026-06-14", accepted: { by: "Kit Norrgate", at: ago(1200) }, country: "IE" },
  { id: "ie-text", name: "Text About It", sms: { number: "50808", keyword: "HELLO" }, hours: "Day and night", free: true, languages: ["en"], audience: "all", confirmed: false, status: "agreed_undated", sources: ["List A", "List B"], source_date: "2026-06-14", conflict: "Keyword not confirmed.", note: "If you can’t talk out loud", country: "IE" },
  { id: "ie-childline", name: "Childline Ireland", phone: "1800 66 66 66", dial: "1800666666", hours: "Day and night", free: true, languages: ["en"], audience: "under_18", confirmed: false, status: "agreed", sources: ["List A", "List D"], source_date: "2025-05-20", country: "IE" },
  { id: "ie-aware", name: "Aware", phone: "1800 80 48 48", dial: "1800804848", hours: "10:00 to 22:00", languages: ["en"], audience: "all", confirmed: false, status: "single_source", sources: ["List A"], source_date: "2025-05-20", country: "IE" },
  { id: "ie-bodywhys", name: "Bodywhys", phone: "01 210 7906", dial: "012107906", hours: null, languages: ["en"], audience: "eating", confirmed: false, status: "single_source", sources: ["List D"], source_date: "2026-10-05", country: "IE" },
];

const texts = [
  { id: "now", kind: "safety", version: "7", reviewed: "unreviewed", text: "Thank you for writing it here. Please do these three things now. Call {emergency}. Be with someone. Move away from anything you could hurt yourself with. Is someone with you right now?" },
  { id: "today", kind: "safety", version: "5", reviewed: "unreviewed", text: "Thank you for telling me. Are you thinking about killing yourself? You can call {line} at any hour." },
  { id: "told-nobody", kind: "safety", version: "3", reviewed: "unreviewed", text: "Your team has been told. Nobody has opened it yet. Please do not wait for us." },
  { id: "follow-up", kind: "safety", version: "2", reviewed: "unreviewed", text: "Yesterday you wrote about dying. How is that today?" },
];
const signatures = [{ by: "Ruth Pellowe", at: ago(66000) }];

let local = { version: 1, items: [{ name: "Harbour drop-in", kind: "drop_in", what: "Tea and somebody to talk with", cost: "free", hours: "Mon-Fri 10:00-16:00", languages: ["en"], country: "IE", place: "1 Quay Street", town: "Dublin", at: { latitude: 53.35, longitude: -6.26 }, checked_on: "2026-11-02", checked_by: "Kit Norrgate", check_again: false }] };

let settings = {
  service_name: "Harbour Street", safety_officer: "acc-ruth", responders: ["acc-maeve", "acc-tobias"],
  staffed_hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }], time_zone: "Europe/Dublin",
  out_of_hours_number: "01 555 0100", own_line: null, leave_url: "https://www.example.org/", retention_days: 365, minimum_age_band: "18_25", soon_people_shipped: 10, version: 3, test_pages: [{ account: "acc-maeve", sent_at: ago(300), acknowledged: true }],
};

const deeds = [["read", "opened the person page"], ["acknowledge", "acknowledged an alert"], ["write", "wrote a note"], ["sign_in", "signed in"], ["break_glass", "opened outside the team"], ["judge", "judged a finding"]];

export function administration(accounts, team) {
  const shown = (account) => ({ id: account.id, login: account.login, display_name: account.display_name, role: account.role, state: account.state ?? "active", second_factor: account.second_factor, teams: account.teams, last_seen_at: account.seen ?? ago(14) });
  const teams = [{ ...team, members: accounts.filter((one) => one.role !== "administrator").map((one) => one.id) }];
  const invitations = [{ id: "inv-1", role: "clinician", display_name: "Noor Calder", email: null, team: team.id, ends_at: ahead(2880) }];
  const tested = new Set(["acc-maeve"]);
  const audit = Array.from({ length: 120 }, (_, i) => {
    const who = accounts[i % accounts.length];
    const [deed, words] = deeds[(i * 7) % deeds.length];
    return { at: ago(3 + i * 17), account: who.id, who: who.display_name, role: who.role, deed, about: words, lane: i % 3 === 0 ? "staff" : "person", sequence: 5000 - i };
  });
  const firstStart = () => [
    { id: "keys", title: "Keys", done: true, detail: "The master key is read from a file that only the service can read." },
    { id: "account", title: "First account", done: true, detail: "Kit Norrgate, with a second factor." },
    { id: "crisis_lines", title: "Crisis lines", done: lines.some((line) => line.accepted && !line.emergency), detail: `${lines.filter((line) => line.accepted).length} of ${lines.length - 1} accepted.` },
    { id: "texts", title: "Safety texts", done: signatures.length >= 2, detail: "English: one signature of two." },
    { id: "people", title: "Safety officer and responders", done: Boolean(settings.safety_officer) && settings.responders.length > 0, detail: "Ruth Pellowe; Maeve Dorrigan and Tobias Aldermoor." },
    { id: "hours", title: "Staffed hours and out-of-hours number", done: settings.staffed_hours.length > 0, detail: "Monday to Friday, 09:00 to 17:00. 01 555 0100." },
    { id: "test_page", title: "Test the alert path", done: settings.responders.every((id) => tested.has(id)), detail: `${settings.responders.filter((id) => tested.has(id)).length} of ${settings.responders.length} responders acknowledged a test page.` },
  ];
  /** A made-up day in spans of five minutes: a quiet one, with an alert that waited at night and an hour without the server. */
  const measurements = () => {
    const five = 300_000;
    const newest = Math.floor(Date.now() / five) * five;
    const spans = [];
    for (let back = 287; back >= 0; back -= 1) {
      if (back > 120 && back <= 132) continue;
      const waits = back > 60 && back <= 65 ? (66 - back) * 300 : 0;
      const alerts = { now: { waiting: waits ? 1 : 0, past_their_time: waits > 300 ? 1 : 0, oldest_seconds: waits }, today: { waiting: back < 6 ? 1 : 0, past_their_time: 0, oldest_seconds: back < 6 ? (6 - back) * 300 : 0 }, unknown: { waiting: 0, past_their_time: 0, oldest_seconds: 0 } };
      const busy = 20 + Math.round(15 * Math.sin(back / 20) + (back % 7));
      spans.push({ from: new Date(newest - back * five).toISOString(), minutes: 5, answers: true, alerts, people_waiting: back % 90 < 2 ? 1 : 0, longest_wait_seconds: back % 90 < 2 ? 140 : 0, waiting_writes: back % 40 === 0 ? 3 : 0, waiting_requests: 0, event_streams: 6, commits: busy, commit_median_seconds: 0.0025, commit_slow_seconds: back % 31 === 0 ? 0.05 : 0.01,
        requests: busy * 8, refused: 1, failed: back === 133 ? 4 : 0, screened: { usual: busy, soon: back % 11 === 0 ? 1 : 0, today: back % 70 === 6 ? 1 : 0, now: back === 65 ? 1 : 0, unknown: 0 }, disk_free_bytes: 41e9 - (288 - back) * 2e6, disk_size_bytes: 80e9, backup_age_seconds: ((288 - back) * 300 + 20_000) % 86_400, backup_bytes: 18_400_000 });
    }
    return { now: new Date().toISOString(), span_seconds: 300, kept_minutes: 1440, taken_minutes: 1380, alerts_now: spans[spans.length - 1].alerts, answered: { now: { count: 1, median_seconds: 1310, longest_seconds: 1310 }, today: { count: 4, median_seconds: 260, longest_seconds: 2150 } },
      answered_by_hour: [[5, "now", 1, 1310, 1310], [19, "today", 2, 240, 2150], [9, "today", 1, 180, 180], [2, "today", 1, 260, 260]].map(([back, urgency, count, median_seconds, longest_seconds]) => ({ from: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - back * 3_600_000).toISOString(), urgency, times: { count, median_seconds, longest_seconds } })), spans };
  };
  const route = (method, path, handle) => ({ method, path, handle });
  return [
    route("GET", "/admin/state", () => ok({
      version: "0.1.0", schema: 1, store: { kind: "sqlite", answers: true, durable: true }, keys: { epoch: 3, source: "file" }, backup: { last: ago(420) }, clock: { ahead_seconds: 0, jumps: 1, last_jump: { at: ago(95), seconds: -7200 } },
      checkpoints: { last: "2026-11-20T041000Z-9c41d07e.checkpoint", every_hours: 24 }, content: { unreviewed_texts: 4, note: "No licensed person has reviewed these texts." },
      counts: { accounts: { clinician: 2, lead: 1, administrator: 1 }, people: 48 },
      apps: [{ key: "k3f91c02ab7d4e650", app: "Support app", made_at: ago(9000), events_to: "https://app.example.org/handrail", told_at: ago(200), failing_since: ago(40), problem: "answered 503", given_up: 0 }, { key: "k70b1c9e2f4d8a635", app: "Study helper", made_at: ago(4000) }],
      first_start: firstStart(), open: firstStart().every((step) => step.done),
    })),
    route("GET", "/admin/measurements", () => ok(measurements())),
    route("GET", "/admin/accounts", () => ok({ items: accounts.map(shown) })),
    route("PATCH", "/admin/accounts/:id", ({ params, body }) => {
      const account = accounts.find((one) => one.id === params.id);
      if (!account) return missing();
      if (body.role) account.role = body.role;
      if (body.state) account.state = body.state;
      if (body.teams) account.teams = teams.filter((one) => body.teams.includes(one.id));
      return ok(shown(account));
    }),
    route("GET", "/admin/invitations", () => ok({ items: invitations })),
    route("POST", "/admin/invitations", ({ body }) => {
      const invitation = { id: `inv-${invitations.length + 1}`, ...body, ends_at: ahead(4320) };
      invitations.push(invitation);
      return made({ id: invitation.id, link: "http://127.0.0.1:8080/staff/invitation#7Q2K-M4XW-9HDR-TB3V", ends_at: invitation.ends_at });
    }),
    route("DELETE", "/admin/invitations/:id", ({ params }) => {
      const at = invitations.findIndex((one) => one.id === params.id);
      if (at < 0) return missing();
      invitations.splice(at, 1);
      return none();
    }),
    route("GET", "/admin/teams", () => ok({ items: teams })),
    route("POST", "/admin/teams", ({ body }) => {
      const one = { id: `team-${teams.length + 1}`, name: body.name, members: [] };
      teams.push(one);
      return made(one);
    }),
    route("PATCH", "/admin/teams/:id", ({ params, body }) => {
      const one = teams.find((each) => each.id === params.id);
      if (!one) return missing();
      Object.assign(one, body);
      return ok(one);
    }),
    route("GET", "/admin/audit", ({ query }) => {
      let items = audit;
      if (query.account) items = items.filter((entry) => entry.account === query.account);
      if (query.deed) items = items.filter((entry) => entry.deed === query.deed);
      if (query.before) items = items.filter((entry) => entry.sequence < Number(query.before));
      return ok({ items: items.slice(0, 40), next: items.length > 40 ? String(items[39].sequence) : null });
    }),
    route("POST", "/admin/audit/verify", () => ok({ ok: true, entries: 18_204, problems: [] })),
    route("GET", "/admin/crisis-lines", ({ query }) => ok({ items: lines.filter((line) => !query.country || line.country === query.country) })),
    route("GET", "/admin/local-help", () => ok(local)),
    route("PUT", "/admin/local-help", ({ body, account }) => {
      local = { version: local.version + 1, items: body.items.map((one) => ({ ...one, checked_by: account?.display_name ?? "Kit Norrgate", check_again: false })) };
      return ok(local);
    }),
    route("POST", "/admin/crisis-lines/:id/accept", ({ params, body, account }) => {
      const line = lines.find((one) => one.id === params.id);
      if (!line) return missing();
      line.accepted = { by: account.display_name, at: new Date().toISOString(), how: body.how };
      line.confirmed = true;
      return ok(line);
    }),
    route("DELETE", "/admin/crisis-lines/:id/accept", ({ params }) => {
      const line = lines.find((one) => one.id === params.id);
      if (!line) return missing();
      delete line.accepted;
      return none();
    }),
    route("GET", "/admin/settings", () => ok(settings)),
    route("PUT", "/admin/settings", ({ body }) => { settings = { ...settings, ...body, version: settings.version + 1 }; return ok(settings); }),
    route("POST", "/admin/test-page", ({ body }) => { tested.add(body.account); return { status: 202, body: {} }; }),
    route("GET", "/admin/texts", () => ok({ items: texts, language: "en", version: "en-7", signed: signatures })),
    route("POST", "/admin/texts/:language/sign", ({ account }) => {
      if (!signatures.some((one) => one.by === account.display_name)) signatures.push({ by: account.display_name, at: new Date().toISOString() });
      return none();
    }),
  ];
}
