/* Scores a filled-in form by the instrument's own file, as src/monitoring/scoring.cpp does on the server; the release test
   scorer.twins holds the two against each other. There is no instrument in this code. */

import { holds, meets, type Known } from "./conditions";
import type { ContextValue, Derived_rule, Instrument, Ordered_result, Sum_rule } from "./instrument";

export interface Answer_error {
  code: "unknown_item" | "not_integer" | "value_out_of_range";
  item: string;
}

/** The result object of `handrail score`, without the id of the line. */
export interface Scored {
  status: "ok" | "incomplete" | "invalid";
  scores: Record<string, number>;
  scores_exact?: Record<string, number>;
  bands: Record<string, string>;
  prorated: boolean;
  flags: string[];
  errors: Answer_error[];
  missing?: string[];
  result?: string | null;
  profile?: string | null;
}

/** Unanswered is null or absent, never zero. */
export type Answers = Readonly<Record<string, unknown>>;

export interface Beside {
  context?: Readonly<Record<string, ContextValue>>;
  refused?: readonly string[];
}

const by_code = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Rounds a fraction of whole numbers half away from zero, without a floating-point step in between. */
function rounded_fraction(numerator: number, denominator: number): number {
  const sign = numerator < 0 ? -1 : 1;
  const size = Math.abs(numerator);
  // Both are whole and small: the remainder is exact.
  const doubled = 2 * size + denominator;
  return sign * ((doubled - (doubled % (2 * denominator))) / (2 * denominator));
}

class Form {
  readonly place = new Map<string, number>();
  readonly range = new Map<string, [number, number]>();
  readonly offered = new Map<string, Set<number>>();

  constructor(readonly instrument: Instrument) {
    instrument.items.forEach((item, at) => {
      this.place.set(item.id, at);
      if (item.integer_range) this.range.set(item.id, item.integer_range);
      else {
        const values = (instrument.option_sets?.[item.options ?? ""] ?? []).map((choice) => choice.value);
        this.offered.set(item.id, new Set(values));
        this.range.set(item.id, [Math.min(...values), Math.max(...values)]);
      }
    });
  }

  in_order(items: Iterable<string>): string[] {
    return [...new Set(items)].sort((a, b) => (this.place.get(a) ?? 0) - (this.place.get(b) ?? 0));
  }

  /** Gathers all errors; what is valid goes into `values`. */
  validated(answers: Answers, values: Map<string, number>): Answer_error[] {
    const errors: Answer_error[] = [];
    for (const [item, answer] of Object.entries(answers)) {
      const range = this.range.get(item);
      if (!range) errors.push({ code: "unknown_item", item });
      else if (answer === null || answer === undefined) continue;
      else if (typeof answer !== "number" || !Number.isInteger(answer)) errors.push({ code: "not_integer", item });
      else if (answer < range[0] || answer > range[1] || this.offered.get(item)?.has(answer) === false)
        errors.push({ code: "value_out_of_range", item });
      else values.set(item, answer);
    }
    const at = (item: string) => this.place.get(item) ?? this.instrument.items.length;
    return errors.sort((a, b) => by_code(a.code, b.code) || at(a.item) - at(b.item) || by_code(a.item, b.item));
  }
}

/** Works the scores out one after the other; later ones may start from earlier ones. */
class Sheet {
  readonly scores = new Map<string, number>();
  readonly exact = new Map<string, number>();
  readonly missing = new Set<string>();

  constructor(private readonly form: Form, private readonly known: Known) {
    for (const rule of form.instrument.scoring.scores ?? []) {
      if (rule.method === "scale" || rule.method === "lookup") this.derive(rule as Derived_rule);
      else this.add_up(rule as Sum_rule);
    }
  }

  private derive(rule: Derived_rule) {
    const from = this.scores.get(rule.of);
    if (from === undefined) return;
    if (rule.method === "scale") this.scores.set(rule.id, from * (rule.factor ?? 1));
    else {
      const value = rule.table?.[String(Math.trunc(from))];
      if (value !== undefined) this.scores.set(rule.id, value);
    }
  }

  private add_up(rule: Sum_rule) {
    const left_out = new Set<string>();
    for (const exclusion of rule.exclude_when ?? [])
      if (holds(exclusion.when, this.known)) exclusion.items.forEach((id) => left_out.add(id));
    const items = rule.items.filter((id) => !left_out.has(id));
    const given = items.flatMap((id) => {
      const value = this.known.values.get(id);
      return value === undefined ? [] : [{ id, value }];
    });
    const unanswered = items.filter((id) => !this.known.values.has(id));

    const lacking = new Set((rule.requires ?? []).filter((id) => !this.known.values.has(id)));
    if (unanswered.length > (rule.missing?.max_missing ?? 0)) unanswered.forEach((id) => lacking.add(id));
    if (lacking.size > 0 || given.length === 0) {
      lacking.forEach((id) => this.missing.add(id));
      return;
    }
    if (rule.method === "max") {
      this.scores.set(rule.id, Math.max(...given.map((one) => one.value)));
      return;
    }
    const sum = given.reduce((so_far, one) => so_far + this.counted(rule, one.id, one.value), 0);
    if (unanswered.length === 0 || rule.missing?.method === "ignore") this.scores.set(rule.id, sum);
    else this.prorate(rule, sum * items.length, given.length);
  }

  private counted(rule: Sum_rule, id: string, value: number): number {
    if (rule.method === "threshold_count") return value >= (rule.thresholds?.[id] ?? 0) ? 1 : 0;
    const [lowest, highest] = this.form.range.get(id) ?? [0, 0];
    const at = this.form.place.get(id) ?? 0;
    return this.form.instrument.items[at]?.reverse ? lowest + highest - value : value;
  }

  /** The mean of the answered items times the number of items. */
  private prorate(rule: Sum_rule, sum_of_all: number, answered: number) {
    this.exact.set(rule.id, rounded_fraction(sum_of_all * 10000, answered) / 10000);
    if (rule.missing?.round === "one_decimal") this.scores.set(rule.id, rounded_fraction(sum_of_all * 10, answered) / 10);
    else this.scores.set(rule.id, rounded_fraction(sum_of_all, answered));
  }
}

/** Required items of an ordered result that nobody answered. */
function lacking(ordered: Ordered_result, known: Known): string[] {
  const needed = [...ordered.required];
  for (const more of ordered.conditional_required ?? []) if (holds(more.when, known)) needed.push(...more.items);
  return needed.filter((id) => !known.values.has(id) && !(ordered.refusal_counts_as_positive === true && known.refused.has(id)));
}

/** The first rule that applies; of half a form it is the least that can be said, and nothing reassuring. */
function ordered_result(ordered: Ordered_result, known: Known, whole_form: boolean): string | null {
  const found = [...(ordered.fail_safe ?? []), ...ordered.rules].find((rule) => holds(rule.when, known));
  if (!found || (!whole_form && ordered.suppress_when_incomplete?.includes(found.result))) return null;
  return found.result;
}

/** Items that skip rules fill, with their value: what need not be asked, as the answers stand. */
export function skipped(instrument: Instrument, answers: Answers, beside: Beside = {}): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  new Form(instrument).validated(answers, values);
  return skipped_of(instrument, known_of(values, beside));
}

function known_of(values: Map<string, number>, beside: Beside): Known & { scores: Map<string, number> } {
  return { values, scores: new Map(), context: beside.context ?? {}, refused: new Set(beside.refused) };
}

/** Fills as it goes: a later rule sees what an earlier one filled. */
function skipped_of(instrument: Instrument, known: Known): Map<string, number> {
  const filled = new Map<string, number>();
  const values = known.values as Map<string, number>;
  for (const rule of instrument.scoring.skip ?? [])
    if (holds(rule.when, known))
      for (const id of rule.items)
        if (!values.has(id)) {
          values.set(id, rule.value_if_missing);
          filled.set(id, rule.value_if_missing);
        }
  return filled;
}

/** Never fails: what is wrong with the answers is part of the result. */
export function score(instrument: Instrument, answers: Answers, beside: Beside = {}): Scored {
  const { scoring } = instrument;
  const form = new Form(instrument);
  const values = new Map<string, number>();
  const errors = form.validated(answers, values);
  const known = known_of(values, beside);
  skipped_of(instrument, known);

  const gate = scoring.gate;
  const at_gate = gate ? values.get(gate.item) : undefined;
  let scores = new Map<string, number>();
  let exact = new Map<string, number>();
  const missing = new Set<string>();
  if (gate && at_gate !== undefined && meets(gate, at_gate)) scores = new Map(Object.entries(gate.then_scores));
  else {
    const sheet = new Sheet(form, known);
    scores = sheet.scores;
    exact = sheet.exact;
    sheet.missing.forEach((id) => missing.add(id));
  }
  if (scoring.ordered_result) lacking(scoring.ordered_result, known).forEach((id) => missing.add(id));
  for (const id of scoring.profile?.items ?? []) if (!values.has(id)) missing.add(id);

  const status = errors.length > 0 ? "invalid" : missing.size > 0 ? "incomplete" : "ok";
  const whole_form = status === "ok";
  if (!whole_form && scoring.partial_scores !== true) scores = new Map();
  if (!whole_form) exact = new Map();
  known.scores = scores;

  const out: Scored = { status, scores: Object.fromEntries(scores), bands: {}, prorated: exact.size > 0, flags: [], errors };
  if (exact.size > 0) out.scores_exact = Object.fromEntries(exact);
  if (status === "incomplete") out.missing = form.in_order(missing);
  if (whole_form)
    for (const [id, value] of scores) {
      const by = scoring.band_value === "floor" ? Math.floor(value) : value;
      const band = scoring.bands?.[id]?.find((one) => by >= one.min && by <= one.max);
      if (band) out.bands[id] = band.code;
    }
  if (scoring.ordered_result) out.result = ordered_result(scoring.ordered_result, known, whole_form);
  if (scoring.profile) out.profile = whole_form ? scoring.profile.items.map((id) => String(values.get(id))).join("") : null;
  // An answer about suicide is never lost because another answer is missing or malformed.
  const flags = (scoring.rules ?? []).filter((rule) => (whole_form || rule.fires_when_incomplete) && holds(rule.when, known));
  out.flags = [...new Set(flags.map((rule) => rule.flag))].sort(by_code);
  return out;
}
