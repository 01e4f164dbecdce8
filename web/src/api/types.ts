/* What the server says to a person's page. Instants are RFC 3339 UTC text; ids are opaque text. */

export interface Service {
  name: string;
  demo: boolean;
  open: boolean;
  open_needs?: string[] | null;
  languages: string[];
  staffed: { now: boolean; text: string; next?: string | null };
  own_line?: { name: string; phone: string; hours?: string | null } | null;
  leave_url: string;
  privacy: { who_reads: string; when: string };
  notice: string[];
  retention_days: number;
  countries: Country[];
  version: string;
}

export interface Country {
  code: string;
  name: string;
}

export interface Line {
  id: string;
  name: string;
  phone?: string | null;
  dial?: string | null;
  sms?: { number: string; keyword?: string | null } | null;
  whatsapp?: string | null;
  chat_url?: string | null;
  hours?: string | null;
  free?: boolean | null;
  languages?: string[];
  audience?: string;
  confirmed?: boolean;
  note?: string | null;
  how?: string | null;
}

export interface Help {
  country: string | null;
  emergency: { numbers: string[]; reaches?: string | null; check_locally?: boolean; note?: string | null };
  lines: Line[];
  gap?: string | null;
  country_name?: string | null;
  out_of_hours_number?: string | null;
  own_line?: (Partial<Line> & { name: string; staffed_now?: boolean }) | null;
  international?: { name: string; url: string; what?: string | null }[];
}

export type Role = "person" | "supporter" | "clinician" | "lead" | "administrator" | "integration";

export interface Account {
  id: string;
  role: Role;
  login?: string | null;
  display_name?: string | null;
  person?: string | null;
  second_factor?: boolean;
  language?: string;
  theme?: string | null;
  teams?: { id: string; name: string }[];
}

export interface Session {
  id: string;
  started_at: string;
  seen_at: string;
  device: string;
  current: boolean;
}

export interface Items<T> {
  items: T[];
  next?: string | null;
}

/* Conversation */

export interface Call_item {
  label?: string | null;
  detail?: string | null;
  tel?: string | null;
  /** the number as people read it, "116 123"; `tel` is what is dialled */
  tel_text?: string | null;
  sms?: { number: string; body?: string | null } | null;
  url?: string | null;
  action?: "safety_plan" | "talk_to_person" | null;
  primary?: boolean;
}

export interface Choice {
  id: string;
  text: string;
}

export type Block =
  | { kind: "text"; text: string }
  | { kind: "question"; text: string; choices?: Choice[] }
  | { kind: "calls"; items: Call_item[] }
  | { kind: "steps"; items: Step_item[] }
  | { kind: "told"; text: string; initials?: string | null; state: "nobody" | "told" | "opened" }
  | { kind: "aside"; text: string }
  | { kind: "exercise"; id: string; title: string; step: number; steps: number; text: string; minutes?: number | null };

export interface Step_item {
  text: string;
  detail?: string | null;
  tel?: string | null;
  tel_text?: string | null;
  calls?: Call_item[] | null;
}

export interface Message {
  id: string;
  at: string;
  author: "person" | "ai" | "human" | "system";
  author_name?: string | null;
  author_role?: string | null;
  text: string;
  blocks?: Block[] | null;
  edited_draft?: boolean;
}

export interface Conversation {
  id: string;
  state: "ai" | "waiting" | "human" | "closed";
  with?: { name: string; role: string; since: string } | null;
  waiting?: { since: string; text: string } | null;
  memory: boolean;
  messages: Message[];
  earlier?: string | null;
}

export interface Sent {
  message: Message;
  replies: Message[];
}

/* Check-in and questionnaires */

export interface Check_in_group {
  id: string;
  question: string;
  many?: boolean;
  text?: boolean;
  hint?: string | null;
  below?: string | null;
  longest?: number | null;
  choices?: { value: string | number; text: string }[];
}

export interface Check_in_form {
  id: string;
  version: string;
  groups: Check_in_group[];
}

export type Check_in_answers = Record<string, string | number | (string | number)[]>;

export interface Check_in_saved {
  id: string;
  saved_at: string;
  next?: string | null;
  blocks?: Block[] | null;
}

export interface Questionnaire_summary {
  id: string;
  name: string;
  title: string;
  minutes: number;
  available: boolean;
  why_not?: string | null;
}

export interface Questionnaire {
  id: string;
  version: string;
  title: string;
  stem?: string | null;
  items: { id: string; text: string; options: { value: number; text: string }[]; optional?: boolean; critical?: boolean }[];
  attribution?: string | null;
}

export interface Questionnaire_result {
  id: string;
  status: string;
  told?: { title: string; text: string; range?: string | null } | null;
  blocks?: Block[] | null;
}

/* Progress */

export interface Progress {
  sentence: string;
  how_sure?: string | null;
  series: {
    measure: string;
    scale: { value: number; text: string }[];
    better: "up" | "down";
    points: { at: string; value: number }[];
    gaps: { from: string; to: string }[];
    average: { at: string; value: number; low: number; high: number }[];
    usual?: { low: number; high: number } | null;
  };
  totals: {
    instrument: string;
    title: string;
    range: [number, number];
    better: "up" | "down";
    points: { at: string; total: number; low?: number | null; high?: number | null; text?: string | null }[];
  }[];
  helps: { text: string; how_sure?: string | null }[];
  empty: boolean;
}

/* My plan, contact, privacy */

export interface Plan_person {
  name: string;
  phone?: string | null;
}

export interface Plan_place {
  text: string;
  phone?: string | null;
}

export interface Safety_plan {
  version: number;
  parts: {
    warning_signs: string[];
    coping: string[];
    distraction: Plan_place[];
    people: Plan_person[];
    professionals: Plan_person[];
    safer_place: string[];
  };
  shared_with_team: boolean;
  kept_on_device: boolean;
  updated_at?: string | null;
}

export interface Safe_contact {
  phone?: string | null;
  email?: string | null;
  times?: string | null;
  voicemail_ok: boolean;
  text_ok: boolean;
  address?: string | null;
  emergency_contact?: { name: string; relation: string; phone: string; may_call: boolean } | null;
  medicines?: string | null;
}

export interface Supporter {
  id: string;
  name: string;
  relation: string;
  shares: string[];
}

export interface Purpose {
  id: "record" | "staff_reading" | "language_model" | "research";
  text: string;
  consequence: string;
  granted: boolean;
  at?: string | null;
  version: string;
}

export interface Access {
  at: string;
  who: string;
  role: string;
  what: string;
  why?: string | null;
}

export interface Readers {
  sentences: string[];
  people: { name: string; role: string; why?: string | null }[];
}

export interface Erasure {
  state?: "none" | "asked" | "done";
  asked_at?: string | null;
  due_at?: string | null;
  kept?: string[];
}

export interface Exercise {
  id: string;
  title: string;
  minutes: number;
  why?: string | null;
  not_when?: string | null;
}
