/* Canned replies of the mock server. Lines are examples for the page, not data to rely on. */

const clock = () => new Date().toTimeString().slice(0, 5);

export const crisis_today = () => [
  { kind: "text", text: "Thank you for telling me. Lying awake with that thought sounds lonely and heavy. These people can talk with you tonight:" },
  { kind: "calls", items: [
    { label: "Samaritans", detail: "Free, day and night", tel: "116 123", primary: true },
    { label: "Text HELLO to 50808", detail: "If you can’t talk out loud", sms: { number: "50808", body: "HELLO" }, primary: false },
    { label: "My safety plan", action: "safety_plan", primary: false } ] },
  { kind: "told", text: `Maeve Dorrigan, a nurse, was told at ${clock()}. An answer can take 5 minutes.`, initials: "MD", state: "told" },
  { kind: "aside", text: "It can help to tell someone you trust, and your doctor or nurse. In danger? Call 112 or 999." },
  { kind: "question", text: "Are you thinking about killing yourself?", choices: [{ id: "yes", text: "Yes" }, { id: "no", text: "No" }, { id: "unsure", text: "Not sure" }, { id: "cannot", text: "Can’t say" }] },
];

export const crisis_now = () => [
  { kind: "text", text: "Thank you for writing it here. Please do these three things now." },
  { kind: "steps", items: [
    { text: "Call. Say you might hurt yourself.", calls: [{ label: "Emergency", tel: "112 or 999", primary: true }, { label: "Samaritans", tel: "116 123", primary: false }] },
    { text: "Be with someone. Go to them, or ask them to come." },
    { text: "Move away from anything you could hurt yourself with." } ] },
  { kind: "told", text: `**Maeve Dorrigan**, a nurse on your team, saw this at ${clock()} and is calling you.`, initials: "MD", state: "opened" },
  { kind: "question", text: "Is someone with you right now?", choices: [{ id: "yes", text: "Yes" }, { id: "alone", text: "No, I am alone" }, { id: "cannot", text: "Can’t say" }] },
];

export const exercise_offer = () => [
  { kind: "text", text: "Here is one small step. You can stop at any point." },
  { kind: "exercise", id: "breath", title: "Slow breathing", step: 1, steps: 5, text: "Put both feet on the floor. Let your shoulders drop.", minutes: 3 },
];

const countries = {
  IE: { numbers: ["112", "999"], reaches: "Ambulance, police and fire", lines: [
    { id: "ie-samaritans", name: "Samaritans", phone: "116 123", dial: "116123", hours: "Free, day and night", free: true, languages: ["en"], audience: "all", confirmed: true },
    { id: "ie-text", name: "Text About It", sms: { number: "50808", keyword: "HELLO" }, hours: "Day and night", free: true, languages: ["en"], audience: "all", confirmed: true, note: "If you can’t talk out loud" } ] },
  GB: { numbers: ["999"], reaches: "Ambulance, police and fire", lines: [
    { id: "gb-samaritans", name: "Samaritans", phone: "116 123", dial: "116123", hours: "Free, day and night", free: true, languages: ["en"], audience: "all", confirmed: true } ] },
  US: { numbers: ["911"], reaches: "Ambulance, police and fire", lines: [] },
};

export function help_of(code) {
  const found = countries[code];
  if (!found) return { country: null, emergency: { numbers: [], reaches: "Call the emergency number where you are.", check_locally: true }, lines: [], gap: "We do not know your country yet.", international: [{ name: "Find A Helpline", url: "https://findahelpline.com", what: "Lines in many countries" }] };
  return { country: code, emergency: { numbers: found.numbers, reaches: found.reaches, check_locally: false }, lines: found.lines, gap: found.lines.length === 0 ? "This service has no line for your country yet. The emergency number can help." : null, international: [] };
}
