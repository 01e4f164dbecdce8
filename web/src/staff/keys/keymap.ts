import type { WordId } from "../words";

/** One single key and what it does; the overlay and the buttons read the same list. */
export interface KeyLine {
  keys: string[];
  shown: string[];
  does: WordId;
  where: "everywhere" | "caseload" | "alert" | "person" | "live" | "findings";
}

export const key_lines: readonly KeyLine[] = [
  { keys: ["g c"], shown: ["G", "C"], does: "keys.go_caseload", where: "everywhere" },
  { keys: ["g l"], shown: ["G", "L"], does: "keys.go_live", where: "everywhere" },
  { keys: ["g p"], shown: ["G", "P"], does: "keys.go_people", where: "everywhere" },
  { keys: ["g f"], shown: ["G", "F"], does: "keys.go_findings", where: "everywhere" },
  { keys: ["g s"], shown: ["G", "S"], does: "keys.go_service", where: "everywhere" },
  { keys: ["g o"], shown: ["G", "O"], does: "keys.go_rota", where: "everywhere" },
  { keys: ["h"], shown: ["H"], does: "keys.hide_words", where: "everywhere" },
  { keys: ["ctrl+k"], shown: ["Ctrl", "K"], does: "keys.palette", where: "everywhere" },
  { keys: ["?"], shown: ["?"], does: "keys.overlay", where: "everywhere" },
  { keys: ["escape"], shown: ["Esc"], does: "keys.back", where: "everywhere" },
  { keys: ["j", "k"], shown: ["J", "K"], does: "keys.next_previous", where: "caseload" },
  { keys: ["enter"], shown: ["Enter"], does: "keys.open", where: "caseload" },
  { keys: ["/"], shown: ["/"], does: "keys.find", where: "caseload" },
  { keys: ["a"], shown: ["A"], does: "keys.acknowledge", where: "caseload" },
  { keys: ["t"], shown: ["T"], does: "keys.take_over", where: "caseload" },
  { keys: ["e"], shown: ["E"], does: "keys.next_step", where: "alert" },
  { keys: ["y", "x"], shown: ["Y", "X"], does: "keys.judge", where: "alert" },
  { keys: ["c"], shown: ["C"], does: "keys.show_person_number", where: "alert" },
  { keys: ["f"], shown: ["F"], does: "keys.show_contact_number", where: "alert" },
  { keys: ["l"], shown: ["L"], does: "keys.safety_plan", where: "alert" },
  { keys: ["p"], shown: ["P"], does: "keys.person_page", where: "alert" },
  { keys: ["1"], shown: ["1", "6"], does: "keys.choose", where: "alert" },
  { keys: ["n"], shown: ["N"], does: "keys.note", where: "alert" },
  { keys: ["o"], shown: ["O"], does: "keys.hand_over", where: "alert" },
  { keys: ["s"], shown: ["S"], does: "keys.save", where: "alert" },
  { keys: ["m"], shown: ["M"], does: "keys.message", where: "person" },
  { keys: ["v"], shown: ["V"], does: "keys.chart_as_table", where: "person" },
  { keys: ["d"], shown: ["D"], does: "keys.happened", where: "person" },
  { keys: ["q"], shown: ["Q"], does: "keys.ask", where: "person" },
  { keys: ["p"], shown: ["P"], does: "keys.print", where: "person" },
  { keys: ["e"], shown: ["E"], does: "keys.next_step", where: "person" },
  { keys: ["j", "k"], shown: ["J", "K"], does: "keys.next_previous", where: "findings" },
  { keys: ["y", "x"], shown: ["Y", "X"], does: "keys.judge", where: "findings" },
  { keys: ["b"], shown: ["B"], does: "keys.hand_back", where: "live" },
  { keys: ["u"], shown: ["U"], does: "keys.use_draft", where: "live" },
  { keys: ["n"], shown: ["N"], does: "keys.note", where: "live" },
  { keys: ["ctrl+enter"], shown: ["Ctrl", "Enter"], does: "keys.send", where: "live" },
];

export const key_places: readonly KeyLine["where"][] = ["everywhere", "caseload", "alert", "person", "live", "findings"];

const fields = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox], [role=searchbox]";

/** True where a letter must stay a letter. */
export function in_field(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(fields) !== null;
}

/** The name of a key press in the form used above, or null when it is not one of ours. */
export function name_of(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string | null {
  if (event.altKey) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return key === "k" || key === "enter" ? `ctrl+${key}` : null;
  return key.length === 1 || key === "enter" || key === "escape" ? key : null;
}

/** True when the key is a letter, figure or sign by itself, which WCAG 2.1.4 lets people turn off. */
export const is_single = (name: string): boolean => name.length === 1 || name.startsWith("g ");
