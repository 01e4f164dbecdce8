/* The parts of an instrument file (handrail.instrument/1, content/instruments/README.md) that decide a score. */

export type Comparison = ">=" | "<=" | "==" | ">" | "<" | "between";

export interface Bound {
  op: Comparison;
  value: number | [number, number];
}

export type ContextValue = boolean | number | string;

/** When a rule applies; items by id. An unanswered item meets no condition but `missing`. */
export type Condition =
  | { always: true }
  | { all: Condition[] }
  | { any: Condition[] }
  | ({ item: string } & Bound)
  | ({ score: string } & Bound)
  | ({ count: { items: string[] } & Bound } & Bound)
  | ({ symptom_count: { items_ge2: string[]; items_ge1: string[] } } & Bound)
  | ({ sum: string[] } & Bound)
  | { missing: string[] }
  | { refused_any: string[] }
  | { context: string; eq: ContextValue }
  | { context: string; not_in: ContextValue[] };

export interface Item {
  id: string;
  options?: string;
  integer_range?: [number, number];
  reverse?: boolean;
}

export interface Missing {
  method?: "none" | "ignore" | "prorate_mean";
  max_missing?: number;
  round?: "half_away_from_zero" | "one_decimal";
}

export interface Sum_rule {
  id: string;
  method: "sum" | "max" | "threshold_count";
  items: string[];
  thresholds?: Record<string, number>;
  requires?: string[];
  exclude_when?: { when: Condition; items: string[] }[];
  missing?: Missing;
}

export interface Derived_rule {
  id: string;
  method: "scale" | "lookup";
  of: string;
  factor?: number;
  table?: Record<string, number>;
}

export interface Ordered_result {
  required: string[];
  conditional_required?: { items: string[]; when: Condition }[];
  rules: { result: string; when: Condition }[];
  fail_safe?: { result: string; when: Condition }[];
  suppress_when_incomplete?: string[];
  refusal_counts_as_positive?: boolean;
}

export interface Scoring {
  skip?: { items: string[]; when: Condition; value_if_missing: number }[];
  gate?: ({ item: string; then_scores: Record<string, number> } & Bound) | null;
  scores?: (Sum_rule | Derived_rule)[];
  bands?: Record<string, { min: number; max: number; code: string }[]>;
  band_value?: "floor" | null;
  ordered_result?: Ordered_result | null;
  profile?: { items: string[] } | null;
  partial_scores?: boolean;
  rules?: { flag: string; when: Condition; fires_when_incomplete: boolean }[];
}

export interface Instrument {
  id: string;
  items: Item[];
  option_sets?: Record<string, { value: number }[]>;
  scoring: Scoring;
}
