/* Made by tools/types_from_openapi.mjs from the document that `handrail openapi` prints. Do not edit. */

/** in whose name a line is shown */
export type AcceptedLine = {
  by: string;
  at: string;
  how: string;
  checked_on: string;
};

export type Access = {
  at: string;
  who: string;
  role: string;
  what: string;
  why?: string;
  /** more than once within a quarter of an hour */
  times?: number;
  /** the first of those */
  first_at?: string;
};

export type Account = {
  id: string;
  role: "person" | "supporter" | "clinician" | "lead" | "administrator" | "integration";
  display_name: string;
  login?: string;
  person?: string;
  /** one is set up */
  second_factor: boolean;
  language: string;
  theme?: string;
  state: "active" | "suspended";
  initials: string;
  last_seen_at?: string;
  teams: TeamName[];
  /** where alerts reach staff; for the administrator */
  work_mail?: string;
  work_phone?: string;
};

export type Acknowledged = {
  days: number;
  raised: number;
  acknowledged: number;
  in_time: number;
  median_seconds?: number;
  /** nine of ten were acknowledged sooner */
  ninetieth_seconds?: number;
  escalated: number;
  /** open now, and nobody has acknowledged them */
  unanswered: number;
  /** now first */
  levels: AcknowledgedLevel[];
};

export type AcknowledgedLevel = {
  urgency: Urgency;
  raised: number;
  acknowledged: number;
  in_time: number;
  median_seconds?: number;
  ninetieth_seconds?: number;
  /** seconds until somebody acknowledged, the shortest first */
  waits: number[];
};

export type Alert = {
  id: string;
  urgency: "today" | "now" | "unknown";
  category: string;
  state: "open" | "acknowledged" | "second_wanted" | "closed";
  reason: string;
  test: boolean;
  raised_at: string;
  due_at?: string;
  step: number;
  path: AlertStep[];
  /** who was told beside the page */
  deliveries: Delivery[];
  acknowledged_by?: Initialed;
  /** who is told at this moment */
  told?: Named;
  needs_second: boolean;
  /** of a closed one: until then whoever closed it alone says that it was a slip */
  take_back_until?: string;
  outcomes: Outcome[];
  /** absent for a test page */
  person?: PersonHead;
  finding?: Finding;
  messages?: Message[];
  told_person?: ToldPerson;
  consents?: ConsentLine[];
  card?: Card;
  next_steps?: NextStep[];
  conversation?: string;
};

export type AlertChannel = {
  channel: "pager" | "mail" | "push" | "text";
  /** tried and not taken yet */
  failing: number;
  /** the oldest of them */
  since?: string;
  /** in the last 24 hours */
  given_up: number;
  /** what was said last */
  problem?: string;
};

export type AlertQuestion = {
  id: string;
  text: string;
  /** how well it is known that it matters; a screener's own have none */
  mark?: "verified" | "second-hand" | "unverified" | "house";
  /** what the person answered to it themselves */
  said?: "yes" | "no";
  said_at?: string;
  /** what whoever had the alert kept last */
  heard?: "yes" | "no" | "not_asked";
  heard_at?: string;
};

export type AlertStep = {
  kind: string;
  at: string;
  /** in words */
  text: string;
  by?: string;
  /** what somebody wrote with it */
  words?: string;
  /** of a deed step.deed, of an outcome its id; absent in records of before */
  what?: string;
  /** of what was asked */
  answers?: AskedAnswer[];
};

export type AlertsByUrgency = {
  now: AlertsThen;
  today: AlertsThen;
  unknown: AlertsThen;
};

export type AlertsThen = {
  /** that nobody had acknowledged */
  waiting: number;
  past_their_time: number;
  /** age of the oldest that nobody had acknowledged; 0: none */
  oldest_seconds: number;
};

export type AnswerTimes = {
  count: number;
  median_seconds: number;
  longest_seconds: number;
};

export type AnsweredHour = {
  from: string;
  urgency: Urgency;
  times: AnswerTimes;
};

export type AppKeyState = {
  key: string;
  app: string;
  made_at: string;
  /** where its owner is told of users in danger; absent: nowhere */
  events_to?: string;
  /** the last event that was taken there */
  told_at?: string;
  failing_since?: string;
  problem?: string;
  /** events that were never taken */
  given_up?: number;
};

export type AsideBlock = {
  kind: "aside";
  text: string;
};

export type Ask = {
  id: string;
  form: string;
  asked_at: string;
  ends_at: string;
  state: "open" | "answered" | "missed" | "withdrawn";
  /** a letter, a text, a notification or WhatsApp went */
  reminded_at?: string;
};

export type AskPause = {
  since: string;
  /** from then on it is asked again, by itself */
  until: string;
  by: "person" | "staff";
  /** of staff; the person reads it */
  reason?: string;
};

export type AskSchedule = {
  id: string;
  form: string;
  title?: string;
  running: boolean;
  made_at: string;
  next_at?: string;
  time_zone: string;
  times: AskTime[];
  least_gap_minutes: number;
  anchor_at?: string;
  offset_minutes?: number;
  usual_every: number;
  at_least_every: number;
  /** marked: its link never goes by WhatsApp */
  sensitive?: boolean;
  /** to be asked once, and never asked: a pause lasted until after its event, or the service was away */
  left_out?: boolean;
  rhythm: "usual" | "less" | "more";
  why: string;
};

export type AskTime = {
  /** mon to sun; none given: every day */
  days?: string[];
  /** "09:00", by the person's clock */
  from: string;
  /** later than `from`: a moment between the two is drawn, one a day */
  to?: string;
};

export type Asked = {
  id: string;
  kind: "check_in" | "questionnaire";
  form: string;
  title?: string;
  until: string;
  rhythm: "usual" | "less" | "more";
  /** why it is asked as often as now */
  why: string;
};

export type AskedAnswer = {
  question: string;
  /** as it stood on that day */
  text: string;
  answer: "yes" | "no" | "not_asked";
};

export type AuditEntry = {
  at: string;
  /** empty: the service itself */
  account: string;
  role: "person" | "supporter" | "clinician" | "lead" | "administrator" | "integration" | "system";
  who: string;
  deed: string;
  about: string;
  person?: string;
  lane: number;
  sequence: number;
  reason?: string;
};

export type Average = {
  at: string;
  value: number;
  low: number;
  high: number;
};

export type BackupState = {
  last?: string;
  problem?: string;
  every_hours: number;
};

/** a part of what Handrail says */
export type Block = TextBlock | QuestionBlock | CallsBlock | StepsBlock | ToldBlock | AsideBlock | ExerciseBlock;

export type BreakGlass = {
  id: string;
  who: string;
  /** a lead reads no names here */
  person: string;
  at: string;
  ends_at: string;
  reason: string;
  review_due_at: string;
  reviewed: boolean;
};

export type Call = {
  label: string;
  detail?: string;
  /** what is dialled */
  tel?: string;
  /** as people read it: 116 123 */
  tel_text?: string;
  url?: string;
  action?: "safety_plan" | "talk_to_person";
  sms?: TextMessage;
  primary: boolean;
};

export type CallsBlock = {
  kind: "calls";
  text?: string;
  items: Call[];
};

/** all that is needed to reach a person and act */
export type Card = {
  safe_contact: SafeContact;
  address?: string;
  emergency_contact?: EmergencyContact;
  safety_plan?: SafetyPlan;
  clinician?: Named;
  medicines?: string;
  last_contact?: LastContact;
  /** in words */
  missing: string[];
};

export type CaseCounts = {
  now: number;
  today: number;
  unknown: number;
  soon: number;
  usual: number;
};

export type CaseGroup = {
  urgency: Urgency;
  people: CaseRow[];
};

export type CaseHolder = {
  id: string;
  name: string;
  initials: string;
  doing: string;
};

export type CaseRow = {
  person: string;
  name: string;
  age_band: string;
  urgency: Urgency;
  reason: string;
  new: boolean;
  alert?: string;
  due_at?: string;
  step?: number;
  /** with an alert only */
  acknowledged?: boolean;
  raised_at?: string;
  conversation?: string;
  spark: SparkPoint[];
  heard_at?: string;
  /** when one last opened this person */
  looked_at?: string;
  /** since then, in words */
  changed: string[];
  to_look_at?: CaseToLookAt;
  who?: CaseHolder;
};

export type CaseTeam = {
  id: string;
  name: string;
  people: number;
};

/** findings for soon that nobody has looked at */
export type CaseToLookAt = {
  /** what is due first first */
  findings: string[];
  /** of the oldest */
  since: string;
  /** by when somebody has to have looked */
  due_at: string;
};

export type Caseload = {
  team: CaseTeam;
  counts: CaseCounts;
  /** in the order in which a human is needed */
  groups: CaseGroup[];
  test_pages: TestPage[];
};

/** what stands on the lane under the totals */
export type ChartEvent = {
  at: string;
  kind: "alert" | "contact" | "note" | "treatment_begun" | "treatment_ended" | "life" | "medicine" | "appointment" | "known_and_planned" | "review";
  text: string;
  urgency?: Urgency;
  /** the human who did or wrote it */
  by?: string;
  /** by which a noted event is taken back */
  number?: number;
  /** an appointment that did not take place */
  missed?: boolean;
};

export type CheckIn = {
  id: string;
  at: string;
  answers: CheckInAnswers;
};

export type CheckInAnswers = {
  mood?: number;
  sleep?: number;
  did: string[];
  note?: string;
};

export type CheckInChoice = {
  value: string | number;
  text: string;
  /** what this end of a scale means */
  end?: string;
};

export type CheckInDesign = {
  id: string;
  /** what schedules and answers call it */
  form: string;
  version: number;
  newest: boolean;
  made_at: string;
  retired_at?: string;
  /** "en"; the first is for whoever reads none of them */
  languages: string[];
  /** by language, as every text here: in each of `languages` */
  title: Record<string, string>;
  /** above the questions */
  about?: Record<string, string>;
  /** for staff; people never read it */
  purpose: string;
  /** whom: the person, or somebody close about them; stays as it is; person */
  asks?: "person" | "informant";
  /** its link never goes by WhatsApp; one with answers that need a human never does */
  sensitive?: boolean;
  /** 1 to 12 */
  items: DesignItem[];
};

export type CheckInForm = {
  id: string;
  version: string;
  /** of one that the service designed */
  title?: string;
  /** in which that one is shown */
  language?: string;
  about: string;
  groups: CheckInGroup[];
};

export type CheckInGroup = {
  id: string;
  question: string;
  hint?: string;
  below?: string;
  /** more than one choice may be given */
  many?: boolean;
  /** answered in words */
  text?: boolean;
  /** characters */
  longest?: number;
  choices?: CheckInChoice[];
};

export type CheckInSaved = {
  id: string;
  saved_at: string;
  blocks?: Block[];
};

export type CheckpointState = {
  last?: string;
  problem?: string;
  every_hours: number;
};

export type Choice = {
  id: string;
  text: string;
};

export type ClockJump = {
  at: string;
  /** forward; back when less than 0 */
  seconds: number;
};

export type ClockState = {
  ahead_seconds: number;
  jumps: number;
  last_jump?: ClockJump;
};

export type Colleague = {
  id: string;
  name: string;
  role: "clinician" | "lead";
  initials: string;
};

export type ConsentLine = {
  what: string;
  text: string;
};

export type ContentState = {
  unreviewed_texts: number;
  note: string;
};

export type Conversation = {
  id: string;
  state: "ai" | "waiting" | "human" | "closed";
  memory: boolean;
  with?: ConversationWith;
  waiting?: Waiting;
  messages: Message[];
  /** older messages come before this */
  earlier?: string;
  /** staff only */
  urgency?: Urgency;
  /** staff only */
  person?: string;
};

/** what the operator sets for sittings; none of it holds in danger */
export type ConversationLimits = {
  /** a break is suggested this often; 0: only every three hours, and every hour to minors */
  rest_after_minutes: number;
  /** the longest sitting, then a pause; 0: none. Never in danger */
  sitting_minutes: number;
  /** whether heavy use is spoken of, with one step towards people */
  names_reliance: boolean;
  /** no feeling is read or named, and no language model words a reply */
  information_only: boolean;
  /** what somebody gets who says that they are younger than the least age */
  under_age: "child_safe" | "helpline";
};

/** for colleagues only */
export type ConversationNote = {
  at: string;
  by: string;
  text: string;
};

/** the human who has the conversation */
export type ConversationWith = {
  id: string;
  name: string;
  role: string;
  since: string;
};

/** degrees */
export type Coordinates = {
  latitude: number;
  longitude: number;
};

export type Country = {
  /** ISO 3166, two letters */
  code: string;
  name: string;
};

export type Counts = {
  /** by role */
  accounts: Record<string, number>;
  people: number;
};

export type CourseFlag = {
  id: string;
  urgency: "usual" | "soon";
  /** in words */
  text: string;
  source: string;
  from: FindingSource;
};

/** one time through what may be in the way, and what follows from it */
export type CourseReview = {
  at: string;
  by: string;
  steps: ReviewStep[];
  plan: string;
};

export type CrisisProtocol = {
  title: string;
  language: string;
  sections: Section[];
  fixed_heading: string;
  fixed: FixedWords[];
  rules_heading: string;
  rules_text: string;
  /** every rule, as docs/protocol.md has it */
  rules: ShownRule[];
  versions: Record<string, string>;
};

/** the last answer about death or self-harm that was not the lowest */
export type CriticalAnswer = {
  instrument: string;
  title: string;
  at: string;
  value: number;
  /** in the questionnaire's own words; empty where they may not be shown */
  answer: string;
};

export type DailyCourse = {
  measure: string;
  name: string;
  /** empty: minutes after midnight */
  unit: string;
  points: DailyPoint[];
  /** days without a value: nothing is drawn across them */
  gaps: DailyGap[];
  /** since when, in words; may be empty */
  no_data: string;
  /** within the days since the last gap; may be empty */
  said: string;
};

export type DailyGap = {
  from: string;
  to: string;
  /** nothing has come since */
  lasts: boolean;
};

export type DailyMeasure = {
  id: string;
  name: string;
  /** empty: a time of day */
  unit: string;
};

export type DailyPoint = {
  day: string;
  value: number;
};

export type Delivery = {
  /** the receiver knows it by this */
  id: string;
  channel: "pager" | "mail" | "push" | "text";
  state: "waiting" | "sent" | "not_needed" | "given_up";
  /** absent: whoever answers the channel */
  to?: string;
  /** when it was to go out */
  at: string;
  done_at?: string;
  tries: number;
  /** what the receiver said last */
  problem?: string;
};

export type DemoPerson = {
  login: string;
  name: string;
};

export type DemoStaff = {
  login: string;
  name: string;
  role: string;
  code: string;
};

export type DesignCall = {
  /** numbers of the scale, or options by their place from 1 */
  answers: number[];
  urgency: "soon" | "today" | "now";
  /** as in findings: "suicide"; the person gets the words and lines that fit it */
  category: string;
};

export type DesignItem = {
  /** a short name: "energy" */
  id: string;
  kind: "scale" | "choice" | "text";
  question: Record<string, string>;
  hint?: Record<string, string>;
  /** of a scale; 0 */
  lowest?: number;
  /** 10; at most 21 numbers */
  highest?: number;
  /** 1 */
  step?: number;
  /** what the ends of a scale mean */
  at_lowest?: Record<string, string>;
  at_highest?: Record<string, string>;
  /** none: neither direction is worse, and no one is compared with their own days */
  worse?: "up" | "down";
  /** its answers are drawn over time */
  series?: boolean;
  /** of a choice: more than one */
  several?: boolean;
  /** answered by their place, from 1 */
  options?: Record<string, string>[];
  /** of free text, in characters; 2000 */
  longest?: number;
  /** answers that need a human: for soon, today and now at most one each */
  calls?: DesignCall[];
  /** words of danger stand in it, and it asks about none */
  no_danger?: boolean;
};

export type DesignedAnswer = {
  id: string;
  form: string;
  /** that it was given to */
  version: string;
  title: string;
  at: string;
  said: QuestionAndAnswer[];
};

export type DesignedSeries = {
  form: string;
  version: number;
  title: string;
  question: string;
  range: [number, number];
  /** what the lowest and the highest mean */
  ends: [string, string];
  worse?: "up" | "down";
  points: Point[];
};

export type Directory = {
  name: string;
  url: string;
  what: string;
};

/** what the AI would say: not sent, and kept nowhere */
export type Draft = {
  /** the message that it answers */
  to: string;
  urgency: Urgency;
  text: string;
  /** in danger: the protocol's own words */
  fixed?: string;
  fixed_id?: string;
};

export type Emergency = {
  numbers: string[];
  reaches: string;
  /** true: a number that was not verified */
  check_locally: boolean;
  note?: string;
};

export type EmergencyContact = {
  name: string;
  relation: string;
  phone: string;
  /** the person agreed that staff may call them */
  may_call: boolean;
};

export type Erasure = {
  asked_at?: string;
  due_at?: string;
  /** what stays, and why */
  kept: string[];
};

export type Evidence = {
  /** code points */
  begin: number;
  end: number;
  text: string;
  rule: string;
  source: string;
  /** it stands in an earlier message of the person */
  context_index?: number;
};

export type Exchange = {
  message: Message;
  replies: Message[];
};

export type Exercise = {
  id: string;
  title: string;
  minutes: number;
  not_when: string;
};

export type ExerciseBlock = {
  kind: "exercise";
  text: string;
  id: string;
  title: string;
  step: number;
  steps: number;
  minutes: number;
  choices?: Choice[];
};

export type ExerciseLine = {
  /** what the step asked for */
  asks: string;
  text: string;
};

export type ExerciseRun = {
  id: string;
  exercise: string;
  title: string;
  at: string;
  lines: ExerciseLine[];
  /** how it was afterwards, by the person's own account */
  rating?: "better" | "same" | "not_better";
  /** what was heard of how they felt when it began */
  feeling?: string;
  /** how strongly */
  strength?: "calm" | "raised" | "high";
  /** by the service's own clock */
  part_of_day?: "morning" | "afternoon" | "evening" | "night";
};

export type ExpectedTotal = {
  at: string;
  low?: number;
  /** half of the people lay under it */
  middle?: number;
  /** a total above it is behind */
  limit: number;
};

/** what was to be expected of a total in treatment */
export type ExpectedTotals = {
  judged_from: string;
  judged_to: string;
  /** to data of people; else a line set by hand */
  fitted: boolean;
  from: FindingSource;
  /** a week apart, from the first day of treatment */
  points: ExpectedTotal[];
};

export type Finding = {
  id: string;
  at: string;
  person: string;
  urgency: Urgency;
  category: string;
  subject: string;
  time: string;
  lang: string;
  why: string;
  rule: string;
  rule_title: string;
  source: FindingSource;
  versions: Record<string, string>;
  evidence: Evidence[];
  judged?: "agree" | "disagree";
  judged_by?: string;
  judged_at?: string;
  /** for soon, and nobody has looked: by when somebody has to have */
  due_at?: string;
  looked?: FindingLooked;
  about: FindingAbout;
};

export type FindingAbout = {
  kind: "message" | "check_in" | "questionnaire" | "silence" | "course" | "request" | "gateway" | "first_assessment" | "informant";
  id: string;
};

/** what somebody recorded who looked; it took the finding off the list. quiet: it never was on it, by had written down that it is known */
export type FindingLooked = {
  how: "talked" | "arranged" | "known" | "mistaken" | "nothing" | "reviewed" | "quiet";
  words?: string;
  at: string;
  by: string;
};

export type FindingSource = {
  id: string;
  citation: string;
  says?: string;
  /** how well it is known */
  mark: string;
};

/** a page for a clinician; no diagnosis */
export type FirstAssessment = {
  state: "sent" | "read";
  form: string;
  /** in which it was answered */
  language: string;
  age_band: string;
  minor: boolean;
  begun_at: string;
  sent_at: string;
  /** by when it is to be read; absent once it was read */
  due_at?: string;
  overdue: boolean;
  /** absent: a lead names somebody */
  reader?: Named;
  read_at?: string;
  read_by?: Named;
  /** what follows from it */
  note?: string;
  lines: FirstAssessmentLine[];
  /** answers about danger that were changed before it was sent */
  before: FirstAssessmentLine[];
  /** questions without an answer; nothing follows from that */
  left_open: string[];
  fitting: FirstAssessmentFit[];
  /** what the rules and the screening concluded, with reasons; newest first */
  findings: Finding[];
};

export type FirstAssessmentFit = {
  instrument: string;
  name: string;
  why: string;
  source: FindingSource;
  /** it may be shown to this person; else it fits and cannot be asked here */
  offered: boolean;
  answered_at?: string;
  /** "14 of 27" */
  score?: string;
  /** as its publisher calls it; no diagnosis */
  band?: string;
};

export type FirstAssessmentLine = {
  section: string;
  asked: string;
  said: string;
  /** in the person's own words: to be quoted */
  words: boolean;
  /** it was answered so before, and otherwise then */
  changed_at?: string;
};

/** a questionnaire that fits what was answered */
export type FirstAssessmentOffer = {
  id: string;
  title: string;
};

export type FirstAssessmentOwn = {
  /** this service asks it */
  on: boolean;
  state: "none" | "begun" | "sent" | "read";
  /** counts changes; 0: nothing was answered */
  version: number;
  /** without it the page cannot be sent */
  staff_may_read: boolean;
  /** while it can be answered */
  form?: CheckInForm;
  /** by question: the condition under which it is asked; absent: always */
  asked_when?: Record<string, unknown>;
  /** questions that have to be answered before it is sent */
  needed?: string[];
  /** by question */
  answers: Record<string, number | string | string[]>;
  /** the page: what was asked and answered */
  said: FirstAssessmentSaid[];
  offered: FirstAssessmentOffer[];
  /** who is named to read it */
  reader?: string;
  /** the clinicians of one's team */
  team: string[];
  sent_at?: string;
  /** by when it is to be read */
  due_at?: string;
  read_at?: string;
};

export type FirstAssessmentSaid = {
  question: string;
  section: string;
  asked: string;
  said: string;
  /** free text, as it was written */
  words: boolean;
};

export type FirstAssessmentSettings = {
  /** whether people are asked */
  on: boolean;
  /** working days, 1 to 10: days on which staff read */
  read_within_days: number;
};

/** what is left out was not agreed to */
export type FirstConsents = {
  record?: boolean;
  staff_reading?: boolean;
  language_model?: boolean;
  research?: boolean;
};

export type FirstStartStep = {
  id: string;
  title: string;
  done: boolean;
  detail: string;
};

export type FixedWords = {
  /** level, danger, and who could be hurt: now.suicide.self */
  id: string;
  heading: string;
  text: string;
};

/** days without an answer */
export type Gap = {
  from: string;
  to: string;
};

export type Help = {
  country: string | null;
  country_name?: string;
  emergency: Emergency;
  lines: Line[];
  /** why there is no line */
  gap?: string;
  own_line?: OwnLine;
  out_of_hours_number?: string;
  international: Directory[];
};

export type Helped = {
  text: string;
  how_sure: string;
};

export type HumanContacts = {
  /** before and after the first alert about somebody */
  days: number;
  /** absent: too few to tell */
  people?: number;
  /** days with a human, a person */
  before?: number;
  after?: number;
};

export type Import = {
  id: string;
  person: string;
  kind: "check_ins" | "daily";
  state: "taking" | "taken" | "taking_back" | "taken_back";
  made_at: string;
  taken_back_at?: string;
  mapping: string;
  /** SHA-256 of the file */
  checksum: string;
  rows: number;
  /** that were new */
  taken: number;
  not_taken: number;
};

export type ImportBecomes = {
  column: string;
  /** in words; empty: left out */
  becomes: string;
};

export type ImportColumn = {
  /** of the file */
  column: string;
  /** mood, sleep_hours, note; or a measure of a wearable */
  becomes: string;
  /** of mood: the ends of its scale */
  lowest?: number;
  highest?: number;
  /** of mood */
  better?: "up" | "down";
  /** of a measure: 60 for hours of sleep */
  times?: number;
};

export type ImportDoubt = {
  column: string;
  told: string;
};

export type ImportFirst = {
  line: number;
  at: string;
  values: ImportValue[];
};

export type ImportMapping = {
  kind: "check-ins" | "daily";
  /** the column with the day or instant */
  when: string;
  /** the column that says whose row it is */
  person?: string;
  /** those that are taken */
  columns: ImportColumn[];
};

export type ImportRemark = {
  line: number;
  told: string;
};

export type ImportValue = {
  what: string;
  much: string;
};

export type InPlace = {
  what: string;
  text: string;
  missing: boolean;
};

export type Informant = {
  id: string;
  relation: "partner" | "parent" | "friend" | "other";
  /** what their page calls the person */
  called?: string;
  /** not kept any more once it ended */
  mail?: string;
  language: string;
  since: string;
  /** waits: a clinician records first that the person understands what they agree to; named: nothing is asked yet */
  state: "waits" | "named" | "asked" | "ended";
  ended_at?: string;
  /** about how often */
  every_days?: number;
  /** when, not what; the newest first */
  answered_at: string[];
  understood?: UnderstoodNote;
};

export type InformantAnswer = {
  id: string;
  informant: string;
  at: string;
  urgency: Urgency;
  title: string;
  version: number;
  said: QuestionAndAnswer[];
  /** the fixed words that they were shown */
  told?: string;
};

export type InformantAsk = {
  asked_at: string;
  state: "open" | "answered" | "missed" | "withdrawn";
  /** the letter went */
  reminded_at?: string;
};

export type InformantNote = {
  at: string;
  by?: string;
  note: string;
};

export type InformantOfPerson = {
  id: string;
  relation: "partner" | "parent" | "friend" | "other";
  language: string;
  since: string;
  state: "named" | "asked" | "ended";
  /** somebody records first that the person understands what they agree to */
  waits: boolean;
  ended_at?: string;
  next_at?: string;
  plan?: InformantPlan;
  understood?: InformantNote;
  /** abuse was found then: no letter goes, and no page of theirs says so */
  held_since?: string;
  /** why they may be asked all the same; the person does not read it */
  released?: InformantNote;
  asks: InformantAsk[];
};

export type InformantPlan = {
  form: string;
  title?: string;
  every_days: number;
  /** "09:00" */
  at: string;
  time_zone: string;
};

/** a member of staff */
export type Initialed = {
  id: string;
  name: string;
  initials: string;
};

export type KeyState = {
  epoch: number;
  source: string;
};

/** a clinician's note that covers an unchanged answer about death or self-harm for 28 days */
export type KnownAndPlanned = {
  instrument: string;
  at: string;
  by: string;
  until: string;
  /** still; a higher or a new answer is never covered */
  covers: boolean;
  text: string;
};

export type LastContact = {
  at: string;
  what: string;
};

export type Level = {
  value: number;
  text: string;
};

export type Line = {
  id: string;
  name: string;
  country: string;
  audience: string;
  phone?: string;
  dial?: string;
  sms?: TextNumber;
  whatsapp?: string;
  chat_url?: string;
  hours?: string;
  how?: string;
  where?: string;
  free?: boolean;
  languages: string[];
  /** false: shown as not confirmed here */
  confirmed: boolean;
};

export type ListEntry = {
  finding: string;
  person: string;
  team: string;
  made_at: string;
  /** by when somebody has to have looked */
  due_at: string;
  overdue: boolean;
  /** whose it is; absent: there is nobody */
  owner?: Named;
  /** the clinicians of the team */
  may_own: Named[];
  /** whoever would have had it had theirs for the day when it came */
  beyond?: "colleague" | "team";
};

/** counts that name no person */
export type ListLoad = {
  days: number;
  /** of how many people a day new entries come to one clinician's list */
  people_a_day: number;
  /** the service chose it */
  own_number: boolean;
  /** who had most first */
  by_account: LoadOf[];
  /** the clinician had theirs for the day: somebody else of the team has it */
  to_colleagues: number;
  /** everybody of the team had theirs: the leads were told */
  beyond_team: number;
  /** found, and written down as known beforehand */
  kept_off: number;
  rule_days: number;
  /** of fewer no share is told */
  fewest_judged: number;
  /** what raised most alerts first */
  rules: RuleLoad[];
};

/** a line as the list has it */
export type ListedLine = {
  id: string;
  name: string;
  country: string;
  audience: string;
  phone?: string;
  dial?: string;
  sms?: TextNumber;
  whatsapp?: string;
  chat_url?: string;
  hours?: string;
  how?: string;
  where?: string;
  free?: boolean;
  languages: string[];
  /** false: shown as not confirmed here */
  confirmed: boolean;
  status: string;
  sources: string[];
  source_date: string;
  conflict?: string;
  note?: string;
  accepted?: AcceptedLine;
  /** nobody checked it within 180 days */
  check_again: boolean;
};

export type Live = {
  waiting: LiveRow[];
  mine: LiveRow[];
  others: LiveRow[];
  /** who has a page open */
  here: Initialed[];
};

export type LivePage = {
  conversation: Conversation;
  person: PersonHead;
  matters: Matters;
  /** newest first */
  notes: ConversationNote[];
};

export type LiveRow = {
  conversation: string;
  person: string;
  name: string;
  since: string;
  urgency: Urgency;
  state: "ai" | "waiting" | "human" | "closed";
  with?: Initialed;
  /** who has it does not have a page open */
  away?: boolean;
  /** when an alert goes out, or the fixed words */
  due_at?: string;
};

export type LoadOf = {
  who: Named;
  /** entries given to them when they came, or that a lead named them for */
  had: number;
  /** of these somebody recorded what was done */
  looked: number;
  /** nobody has looked */
  open: number;
  /** of the open ones, past their time */
  overdue: number;
  /** came because a colleague had theirs for the day */
  of_others: number;
};

/** help near by that the service itself knows; never a crisis line */
export type LocalHelp = {
  name: string;
  kind: "talking" | "group" | "clinic" | "drop_in" | "practical" | "other";
  /** what it is for */
  what?: string;
  /** absent: not known */
  cost?: "free" | "some" | "paid";
  /** like Mon-Fri 09:00-17:00, on the clock of its country */
  hours?: string;
  languages: string[];
  /** ISO 3166 */
  country: string;
  /** the address */
  place?: string;
  /** by which people say what is near them */
  town?: string;
  at?: Coordinates;
  phone?: string;
  web?: string;
  checked_on: string;
  /** in whose name it stands */
  checked_by: string;
  /** nobody checked it within 180 days */
  check_again: boolean;
};

/** help near by, as an administrator writes it */
export type LocalHelpWanted = {
  name: string;
  kind: "talking" | "group" | "clinic" | "drop_in" | "practical" | "other";
  /** what it is for */
  what?: string;
  /** absent: not known */
  cost?: "free" | "some" | "paid";
  /** like Mon-Fri 09:00-17:00, on the clock of its country */
  hours?: string;
  languages: string[];
  /** ISO 3166 */
  country: string;
  /** the address */
  place?: string;
  /** by which people say what is near them */
  town?: string;
  at?: Coordinates;
  phone?: string;
  web?: string;
  checked_on: string;
};

/** a part of a text that raised something */
export type Mark = {
  /** code points */
  begin: number;
  end: number;
  rule: string;
};

export type Matters = {
  alert?: OpenAlert;
  card: Card;
};

export type MeasureOutcomes = {
  instrument: string;
  title: string;
  rows: OutcomeRow[];
};

/** one questionnaire from the beginning of the episode until now */
export type MeasuredOutcome = {
  instrument: string;
  title: string;
  baseline: number;
  baseline_at: string;
  current: number;
  current_at: string;
  /** from the beginning of a recorded treatment; else from the first form of the episode */
  treated: boolean;
  /** in points; under 0 is a fall of the total */
  change: number;
  /** more than chance */
  reliable: "none" | "improved" | "deteriorated";
  was_case: boolean;
  is_case: boolean;
  /** was in the range of a case and is not */
  recovery: boolean;
  reliable_recovery: boolean;
  percent_fall?: number;
  /** a total above it is behind the expected course */
  behind_above?: number;
  /** the class alone: reliably better, and whether still in the range of a case */
  words: string;
  /** in words, with the figures it rests on */
  text: string;
  /** a change of so many points counts */
  reliable_points: number;
  /** so large a change is unlikely to be chance; else only what a source calls one */
  beyond_chance: boolean;
  /** of the reliable change */
  source: string;
  /** how well that figure is known */
  mark: string;
  /** totals from here up count as a case */
  case_from?: number;
  /** totals from here down count as a case */
  case_to?: number;
  case_source?: string;
  case_mark?: string;
  /** in a recorded treatment only */
  expected?: ExpectedTotals;
  flags: CourseFlag[];
};

export type MeasuredSpan = {
  from: string;
  /** of it that were looked at; what stood is the worst of them */
  minutes: number;
  /** the store answered in all of them */
  answers: boolean;
  /** absent while the store did not answer */
  alerts?: AlertsByUrgency;
  /** asked for a human, and none had come */
  people_waiting?: number;
  longest_wait_seconds?: number;
  waiting_writes: number;
  waiting_requests: number;
  event_streams: number;
  commits: number;
  /** the upper end of the step it fell into */
  commit_median_seconds?: number;
  /** 99 of 100 took at most that */
  commit_slow_seconds?: number;
  requests: number;
  /** answered 4xx */
  refused: number;
  /** answered 5xx */
  failed: number;
  screened: ScreenedByUrgency;
  disk_free_bytes?: number;
  disk_size_bytes?: number;
  backup_age_seconds?: number;
  backup_bytes?: number;
};

export type Measurements = {
  now: string;
  span_seconds: number;
  /** at most; they are gone when the server stops */
  kept_minutes: number;
  taken_minutes: number;
  /** at the last look; absent when the store did not answer */
  alerts_now?: AlertsByUrgency;
  /** alerts first acknowledged in 24 hours, by urgency */
  answered: Record<string, AnswerTimes>;
  answered_by_hour: AnsweredHour[];
  /** oldest first */
  spans: MeasuredSpan[];
};

/** what the AI may remember */
export type MemoryItem = {
  id: string;
  kind: "name" | "goal" | "person" | "helps" | "trigger";
  text: string;
  at: string;
};

export type Message = {
  id: string;
  at: string;
  author: "person" | "ai" | "human" | "system";
  author_name?: string;
  author_role?: string;
  text: string;
  blocks?: Block[];
  client_id?: string;
  /** a language model chose the words of the AI */
  by_model?: boolean;
  /** a machine wrote down what the person said */
  from_voice_note?: boolean;
  /** staff only */
  urgency?: Urgency;
  /** staff only: which fixed text it was */
  text_id?: string;
  /** in an alert only */
  marks?: Mark[];
};

export type Named = {
  id: string;
  name: string;
};

export type NewPlanParts = {
  warning_signs?: string[];
  coping?: string[];
  distraction?: PlanPlace[];
  people?: PlanPerson[];
  professionals?: PlanPerson[];
  safer_place?: string[];
};

export type NextStep = {
  id: string;
  does: "call_person" | "call_contact" | "ask" | "go_through_plan" | "make_plan" | "else";
  title: string;
  detail?: string;
  phone?: string;
  questions?: AlertQuestion[];
  /** one tap each */
  deeds: StepDeed[];
  /** what the person said or has, for a plan that is not there yet */
  suggestions?: PlanSuggestion[];
};

export type OnCallNote = {
  id: string;
  /** empty: an account that is gone */
  by: string;
  at: string;
  /** gone then */
  until: string;
  text: string;
  may_take_back: boolean;
};

export type OnCallTeam = {
  team: Named;
  /** the team has a rota */
  set: boolean;
  /** empty: nobody */
  now: Named[];
  /** when it changes, within two weeks */
  until?: string;
  /** from then on */
  next?: Named[];
  /** the newest first */
  notes: OnCallNote[];
};

export type OpenAlert = {
  id: string;
  urgency: Urgency;
  reason: string;
  state: string;
};

export type Outcome = {
  id: string;
  text: string;
  closes: boolean;
  /** one tap keeps what needs nothing */
  needs: ("colleague" | "reason" | "second_person" | "words")[];
  /** why it needs that */
  why: string;
};

export type OutcomeRow = {
  by: "all" | "start" | "age_band" | "language" | "country";
  group: string;
  /** reliably, of all with a first and a later total */
  better: OutcomeShare;
  worse: OutcomeShare;
  /** of those in the range of a case at the beginning */
  recovered: OutcomeShare;
  reliably_recovered: OutcomeShare;
};

export type OutcomeShare = {
  /** absent: too few people to tell */
  of?: number;
  /** absent: too few of them, or all but too few */
  count?: number;
  /** what one would expect from where these people began */
  expected?: number;
};

/** whether the person is better, and whether the plan should change; no diagnosis */
export type Outcomes = {
  lines: MeasuredOutcome[];
  /** depression and anxiety read together */
  together?: string;
  /** of questionnaires without a change to tell */
  waiting: CourseFlag[];
  /** what to go through when somebody is not on track */
  steps: string[];
  steps_source?: string;
  steps_from?: FindingSource;
};

/** the service's own crisis number */
export type OwnLine = {
  name: string;
  phone: string;
  hours: string;
  staffed_now?: boolean;
};

/** help near by that this service knows */
export type OwnResource = {
  name: string;
  kind: "talking" | "group" | "clinic" | "drop_in" | "practical" | "other";
  /** what it is for */
  what?: string;
  /** absent: not known */
  cost?: "free" | "some" | "paid";
  /** like Mon-Fri 09:00-17:00, on the clock of its country */
  hours?: string;
  languages: string[];
  /** ISO 3166 */
  country: string;
  /** the address */
  place?: string;
  /** by which people say what is near them */
  town?: string;
  at?: Coordinates;
  phone?: string;
  web?: string;
  checked_on: string;
  /** day and night; otherwise see `hours`, in the country's own time */
  always_open: boolean;
  /** by its hours; absent where they cannot be read or the time zone is not known */
  open?: boolean;
  /** when that changes; absent where it is not known */
  until?: string;
};

export type PersonHead = {
  id: string;
  name: string;
  age_band: string;
  country: string;
  language: string;
  since: string;
  heard_at?: string;
  /** on the person's page only */
  clinician?: Named;
};

export type PersonPage = {
  person: PersonHead;
  card: Card;
  urgency: Urgency;
  open_alert?: string;
  conversation?: string;
  /** when one last opened this page */
  looked_at?: string;
  since_you_looked: TimelineEvent[];
  progress: Progress;
  outcomes: Outcomes;
  treatment?: Treatment;
  /** scales of check-ins that the service designed */
  designed: DesignedSeries[];
  /** what a series tells beside a change for the worse; calls nobody */
  offers: TrendOffer[];
  known_and_planned: KnownAndPlanned[];
  /** about which something may be noted as known and planned */
  critical: CriticalAnswer[];
  /** the last three, newest first */
  reviews: CourseReview[];
  /** of the last 400 days, the earliest first */
  events: ChartEvent[];
  findings: Finding[];
  /** for soon, and nobody has looked at it; what is due first first */
  to_look_at: ToLookAt[];
  /** what is known and not put on the list at this moment, the newest first */
  quiet: QuietRule[];
  in_place: InPlace[];
  timeline: Timeline;
};

export type PlanParts = {
  warning_signs: string[];
  coping: string[];
  distraction: PlanPlace[];
  people: PlanPerson[];
  professionals: PlanPerson[];
  safer_place: string[];
};

export type PlanPerson = {
  name: string;
  phone?: string;
};

export type PlanPlace = {
  text: string;
  phone?: string;
};

export type PlanSuggestion = {
  part: "warning_signs" | "coping" | "distraction" | "people" | "professionals" | "safer_place";
  text: string;
  phone?: string;
  from: "exercise" | "first_assessment" | "emergency_contact" | "clinician";
};

export type Point = {
  at: string;
  value: number;
};

export type Problem = {
  /** about:blank, or /problems/NAME when a page can do something about it */
  type: string;
  title: string;
  status: number;
  /** plain words for the person who asked */
  detail?: string;
  /** JSON pointer to the first field that is wrong, or ?name for the query */
  where?: string;
  /** all of them, when there are several */
  errors?: ProblemPlace[];
  /** stands in the operator's log too */
  reference?: string;
};

export type ProblemPlace = {
  where: string;
  detail: string;
};

export type Progress = {
  sentence: string;
  how_sure: string;
  series: Series;
  totals: Totals[];
  helps: Helped[];
  /** too few answers for a picture */
  empty: boolean;
};

export type Purpose = {
  id: "record" | "staff_reading" | "language_model" | "research" | "wearables";
  text: string;
  /** what follows from a yes, and from a no */
  consequence: string;
  granted: boolean;
  at?: string;
  /** counts this person's answers; 0: never asked */
  version: number;
};

export type PurposeAnswer = {
  id: "record" | "staff_reading" | "language_model" | "research" | "wearables";
  granted: boolean;
};

export type QuestionAndAnswer = {
  question: string;
  /** in words */
  answer: string;
};

export type QuestionBlock = {
  kind: "question";
  text?: string;
  choices?: Choice[];
};

export type Questionnaire = {
  id: string;
  version: string;
  language: string;
  title: string;
  stem: string;
  items: QuestionnaireItem[];
  skips: QuestionnaireSkip[];
  attribution: string;
};

export type QuestionnaireItem = {
  id: string;
  text: string;
  options: QuestionnaireOption[];
  optional?: boolean;
  /** an answer to it is sent at once */
  critical?: boolean;
};

export type QuestionnaireOption = {
  value: number;
  text: string;
};

export type QuestionnaireSaved = {
  id: string;
  saved_at: string;
  status: string;
  told?: QuestionnaireTold;
  blocks?: Block[];
  /** offered at once after a critical answer: nobody has to answer it */
  follow_up?: Questionnaire;
};

/** questions that the answers before make needless */
export type QuestionnaireSkip = {
  items: string[];
  /** a condition, as in the instrument's file */
  when: unknown;
  /** that they take while they are not asked */
  value?: number;
};

export type QuestionnaireSummary = {
  id: string;
  name: string;
  title: string;
  minutes: number;
  available: boolean;
  /** made for whoever fills it in; the others are asked by somebody */
  by_themselves: boolean;
  /** in which its words were published and are here */
  languages: string[];
  why_not?: string;
};

export type QuestionnaireTold = {
  title: string;
  text: string;
  range?: string;
};

/** what is known of somebody: until then what these rules find for soon is not put on the list */
export type QuietRule = {
  id: string;
  rules: string[];
  because: string;
  at: string;
  by: string;
  ends_at: string;
};

export type Reader = {
  name: string;
  role: string;
  why: string;
};

export type Readers = {
  sentences: string[];
  people: Reader[];
};

export type ReportedAlert = {
  id: string;
  urgency: Urgency;
  raised_at: string;
  due_at?: string;
  step: number;
  state: "open" | "acknowledged" | "second_wanted" | "closed";
};

/** a line that this service shows */
export type Resource = {
  id: string;
  name: string;
  country: string;
  audience: string;
  phone?: string;
  dial?: string;
  sms?: TextNumber;
  whatsapp?: string;
  chat_url?: string;
  hours?: string;
  how?: string;
  where?: string;
  free?: boolean;
  languages: string[];
  /** false: shown as not confirmed here */
  confirmed: boolean;
  /** how many public lists name it */
  lists: number;
  source_date: string;
  /** the day on which this service checked it */
  checked_on?: string;
  /** day and night; otherwise see `hours`, in the country's own time */
  always_open: boolean;
  /** by its hours; absent where they cannot be read or the time zone is not known */
  open?: boolean;
  /** when that changes; absent where it is not known */
  until?: string;
};

export type ReviewStep = {
  text: string;
  found: "fine" | "in_the_way" | "not_asked";
  note: string;
};

export type Rota = {
  /** whose week it is */
  team: Named;
  teams: Named[];
  /** who can be on call */
  staff: Named[];
  time_zone: string;
  /** the team has a rota */
  set: boolean;
  on_call_now: Named[];
  /** Monday first */
  days: RotaDay[];
  shifts: RotaShift[];
  /** that are not over */
  overrides: RotaOverride[];
  /** that are not over */
  leaves: StaffLeave[];
  /** of every team, in the next six weeks */
  gaps: RotaGap[];
};

export type RotaDay = {
  day: string;
  stretches: RotaStretch[];
};

export type RotaGap = {
  team: Named;
  from: string;
  until: string;
  away: Named[];
};

export type RotaOverride = {
  id: string;
  from: string;
  until: string;
  who: Named;
};

export type RotaShift = {
  id: string;
  /** 1 for Monday */
  weekday: number;
  /** by the service's own clock */
  from: string;
  /** not later than `from`: on the next day */
  to: string;
  who: Named;
};

export type RotaStretch = {
  from: string;
  until: string;
  /** empty: nobody */
  who: Named[];
  /** who would be on call, and is on leave or no longer here */
  away: Named[];
  /** somebody was meant to be on call, and nobody is */
  gap: boolean;
};

export type RuleLoad = {
  /** empty: no rule was named */
  rule: string;
  soon: number;
  /** today, now and unknown */
  same_day: number;
  alerts: number;
  judged: number;
  agreed: number;
  /** Wilson's 95 % interval; absent: too few were judged to tell */
  low?: number;
  high?: number;
};

export type RulePrecision = {
  /** of its last 100 at most, by clinicians of the whole service */
  judged: number;
  agreed: number;
  /** Wilson's 95 % interval of the share; absent: too few were judged to tell */
  low?: number;
  high?: number;
};

export type SafeContact = {
  version?: number;
  phone?: string;
  email?: string;
  times?: string;
  voicemail_ok: boolean;
  text_ok: boolean;
  address?: string;
  emergency_contact?: EmergencyContact;
  medicines?: string;
  updated_at?: string;
};

export type SafetyPlan = {
  version: number;
  parts: PlanParts;
  shared_with_team: boolean;
  kept_on_device: boolean;
  updated_at?: string;
};

export type SafetyText = {
  id: string;
  kind: string;
  text: string;
  version: number;
  reviewed: string;
  rules: string[];
};

/** all texts of a language; they are signed together */
export type SafetyTexts = {
  items: SafetyText[];
  language: string;
  version: string;
  signed: Signature[];
};

export type SavedReplies = {
  items: SavedReply[];
  version: number;
};

/** words kept ready for staff, who change them and send them as their own */
export type SavedReply = {
  language: string;
  title: string;
  /** {name} stands for what the person is called */
  text: string;
};

export type ScreenedByUrgency = {
  usual: number;
  soon: number;
  today: number;
  now: number;
  unknown: number;
};

export type SecondFactor = {
  secret: string;
  uri: string;
  svg: string;
};

export type Section = {
  heading: string;
  text: string;
};

export type SentTestPage = {
  account: string;
  alert: string;
  sent_at: string;
  acknowledged: boolean;
};

export type SentWords = {
  at: string;
  /** whose model */
  to: string;
  /** the host it went to */
  address: string;
  model: string;
  /** all that was sent, names replaced */
  words: string;
};

export type Series = {
  measure: string;
  scale: Level[];
  better: "up" | "down";
  points: Point[];
  gaps: Gap[];
  average: Average[];
  usual?: UsualRange;
};

export type Service = {
  name: string;
  demo: boolean;
  /** new people may begin */
  open: boolean;
  /** what is missing before they may */
  open_needs: string[];
  /** in which one may read the page and write; English first */
  languages: string[];
  staffed: Staffed;
  own_line?: OwnLine;
  /** the neutral page that Leave opens */
  leave_url: string;
  retention_days: number;
  minimum_age_band: string;
  privacy: WhoReads;
  notice: string[];
  /** whose may word replies of those who agree; empty: none */
  language_models: string[];
  countries: Country[];
  version: string;
};

/** counts that name nobody */
export type ServiceOutcomes = {
  as_of: string;
  /** a smaller group is not told */
  fewest_people: number;
  /** a smaller count is not told */
  fewest_counted: number;
  measures: MeasureOutcomes[];
  contacts: HumanContacts;
};

export type ServiceReport = {
  acknowledged: Acknowledged;
  /** by which alerts leave this server; empty: by none */
  channels: AlertChannel[];
  open_alerts: ReportedAlert[];
  break_glass: BreakGlass[];
};

export type Session = {
  id: string;
  started_at: string;
  seen_at: string;
  device: string;
  current: boolean;
};

export type Settings = {
  service_name: string;
  version: number;
  safety_officer?: string;
  responders: string[];
  staffed_hours: StaffedHours[];
  time_zone: string;
  out_of_hours_number: string;
  own_line: OwnLine;
  leave_url: string;
  retention_days: number;
  minimum_age_band: "under_13" | "13_17" | "18_25" | "26_64" | "65_plus";
  /** of how many people a day new entries come to one clinician's list; absent: as shipped */
  soon_people?: number;
  soon_people_shipped: number;
  test_pages: SentTestPage[];
};

export type ShownRule = {
  id: string;
  /** in English */
  says: string;
  /** what shows that it is kept */
  shown: string[];
};

export type Signature = {
  by: string;
  at: string;
};

export type SparkPoint = {
  /** day: 0 is today, -27 the first */
  d: number;
  v: number | null;
};

export type StaffLeave = {
  id: string;
  first: string;
  last: string;
  who: Named;
};

export type Staffed = {
  now: boolean;
  /** in words */
  text: string;
  /** when that changes */
  next?: string;
};

export type StaffedHours = {
  /** 1 is Monday */
  days: number[];
  /** like 09:00 */
  from: string;
  to: string;
};

export type Step = {
  text: string;
  detail?: string;
  tel?: string;
  tel_text?: string;
  /** the touches under its words, emergency first */
  calls?: Call[];
};

export type StepDeed = {
  id: string;
  text: string;
};

export type StepsBlock = {
  kind: "steps";
  text?: string;
  items: Step[];
};

export type StoreState = {
  kind: "embedded" | "postgres";
  answers: boolean;
  durable: boolean;
  waiting_writes: number;
  /** why nothing can be kept at this moment */
  trouble?: string;
  trouble_since?: string;
};

/** a conversation in one look */
export type Summary = {
  conversation: string;
  person: string;
  name: string;
  state: "ai" | "waiting" | "human" | "closed";
  urgency: Urgency;
  category: string;
  /** whether what was said may be read; without, nothing of it is in here */
  words: boolean;
  /** whether the person agreed that the team reads along */
  staff_reading: boolean;
  country: string;
  language: string;
  age_band: string;
  with?: string;
  /** since when the person waits for a human */
  asked_at?: string;
  /** when that becomes an alert, or the fixed words go out */
  due_at?: string;
  /** newest first */
  heard: SummaryHeard[];
  asked: SummaryAsked[];
  tried: SummaryTried[];
  agreed: SummaryAgreed[];
  card?: Card;
};

export type SummaryAgreed = {
  what: string;
  text: string;
};

/** a direct question of the crisis protocol */
export type SummaryAsked = {
  text: string;
  answered: boolean;
};

export type SummaryEvidence = {
  text: string;
  rule: string;
  source: string;
};

export type SummaryHeard = {
  at: string;
  urgency: Urgency;
  category: string;
  why?: string;
  evidence: SummaryEvidence[];
};

export type SummaryTried = {
  title: string;
  /** easier after it, less harder after it */
  helped: number;
};

export type Supporter = {
  id: string;
  name: string;
  relation: string;
  link?: SupporterLink;
};

export type SupporterLink = {
  /** parts of the safety plan */
  shares: string[];
  /** what their page calls one */
  called: string;
  /** theirs */
  language: string;
  since: string;
  ends_at: string;
  /** waits: a clinician records first that one understands what one agrees to; it opens nothing yet */
  state: "open" | "waits" | "ended";
  /** so often */
  opened: number;
  /** the last time */
  opened_at?: string;
  understood?: UnderstoodNote;
};

export type SupporterToUnderstand = {
  id: string;
  name: string;
  relation: string;
  link: SupporterLink;
};

export type SystemState = {
  version: string;
  schema: number;
  /** another node runs a newer version than this one */
  replace?: string;
  store: StoreState;
  keys: KeyState;
  clock: ClockState;
  backup: BackupState;
  /** absent: no folder is configured for them */
  checkpoints?: CheckpointState;
  content: ContentState;
  counts: Counts;
  first_start: FirstStartStep[];
  /** keys of the gateway that are not revoked; absent: there is no gateway */
  apps?: AppKeyState[];
  open: boolean;
  demo: boolean;
};

export type Team = {
  id: string;
  name: string;
  people: number;
  members: string[];
};

export type TeamName = {
  id: string;
  name: string;
  /** one's own teams only */
  people?: number;
};

export type TestPage = {
  alert: string;
  raised_at: string;
  reason: string;
  /** about the service itself */
  service: boolean;
};

export type TextBlock = {
  kind: "text";
  text: string;
};

/** a text message to send */
export type TextMessage = {
  number: string;
  body?: string;
};

export type TextNumber = {
  number: string;
  /** what to write */
  keyword?: string;
};

export type Timeline = {
  /** newest first */
  items: TimelineEvent[];
  /** older ones come before this */
  next?: string;
};

export type TimelineEvent = {
  at: string;
  kind: "message" | "message_ai" | "message_human" | "alert_step" | "check_in" | "questionnaire" | "finding" | "alert" | "note" | "review" | "access" | "silence";
  text: string;
  urgency?: Urgency;
  id?: string;
  marks?: Mark[];
};

export type ToLookAt = {
  finding: Finding;
  /** whose it is; absent: there is nobody */
  owner?: Named;
};

/** who was told, as far as it is true */
export type ToldBlock = {
  kind: "told";
  text: string;
  state: "nobody" | "told" | "opened";
  initials?: string;
};

export type ToldPerson = {
  at: string;
  /** exactly what the person was told */
  text: string;
  text_id: string;
  /** the person has written since */
  answered: boolean;
};

export type TotalPoint = {
  at: string;
  total: number;
  low: number;
  high: number;
  /** in words */
  text: string;
};

export type Totals = {
  instrument: string;
  title: string;
  /** lowest and highest that the instrument can give */
  range: [number, number];
  better: "up" | "down";
  points: TotalPoint[];
  /** what is unlikely to be chance; may be empty */
  change: string;
};

export type Treatment = {
  started_on: string;
  psychological: boolean;
  medication: boolean;
};

export type TrendOffer = {
  kind: "slowing_down" | "entry_fatigue";
  /** of the answer with which it became known */
  at: string;
  /** of a designed scale; absent: the mood of the daily check-in */
  question?: string;
  text: string;
  /** in words: how surely, how late, from how many days */
  numbers: string;
  source: FindingSource;
};

export type UnderstoodNote = {
  at: string;
  by?: string;
  /** the person reads it */
  note: string;
};

export type UnreadFirstAssessment = {
  person: string;
  team: string;
  sent_at: string;
  due_at: string;
  overdue: boolean;
  reader?: Named;
  /** the clinicians of the team */
  may_read: Named[];
};

/** how soon a human is needed */
export type Urgency = "usual" | "soon" | "today" | "now" | "unknown";

/** the person's own */
export type UsualRange = {
  low: number;
  high: number;
};

export type Waiting = {
  since: string;
  text: string;
};

export type WaitingInvitation = {
  id: string;
  purpose: string;
  role: "clinician" | "lead" | "administrator";
  display_name: string;
  email: string;
  created_at: string;
  ends_at: string;
};

export type Walk = {
  /** 0: the service does not walk */
  every_minutes: number;
  /** two walks should have been over and were not */
  overdue: boolean;
  /** absent: none yet */
  last_at?: string;
  held?: boolean;
  /** of the last one, up to the first that did not hold, and what removed it */
  steps: WalkStep[];
};

export type WalkStep = {
  step: "came_in" | "screened" | "answered" | "raised" | "went_up" | "sent" | "channels" | "ended" | "removed";
  held: boolean;
  /** when it was over */
  at: string;
  took_ms: number;
};

export type WhoReads = {
  who_reads: string;
  when: string;
};

/** For each route what it takes and what it gives. */
export interface Routes {
  /** This document. */
  "GET /api/openapi.json": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Every member of staff. */
  "GET /api/v1/admin/accounts": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Account[];
    };
  };
  /** Role, state, teams of a member of staff, which end their sessions; where alerts reach them at work. */
  "PATCH /api/v1/admin/accounts/{account}": {
    path: { account: string };
    query: undefined;
    body: {
      role?: "clinician" | "lead" | "administrator";
      state?: "active" | "suspended";
      teams?: string[];
      /** empty takes it away */
      work_mail?: string;
      /** with its country: +353 87 123 4567 */
      work_phone?: string;
    };
    answer: {
      items: Account[];
    };
  };
  /** The audit record, newest first; people are opaque ids. */
  "GET /api/v1/admin/audit": {
    path: undefined;
    query: { before?: string; account?: string; deed?: string; limit?: number };
    body: undefined;
    answer: {
      items: AuditEntry[];
      next?: string;
    };
  };
  /** Walks the whole chain and names any entry that was changed, removed or reordered. */
  "POST /api/v1/admin/audit/verify": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      ok: boolean;
      entries: number;
      problems: string[];
    };
  };
  /** Breaks, the longest sitting, and what is done about heavy use and an age told in the chat. */
  "GET /api/v1/admin/conversation-limits": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ConversationLimits;
  };
  /** Sets them. */
  "PUT /api/v1/admin/conversation-limits": {
    path: undefined;
    query: undefined;
    body: {
      rest_after_minutes: number;
      sitting_minutes: number;
      names_reliance?: boolean;
      information_only?: boolean;
      under_age: "child_safe" | "helpline";
    };
    answer: ConversationLimits;
  };
  /** A country's lines with their sources and marks, and who accepted them. */
  "GET /api/v1/admin/crisis-lines": {
    path: undefined;
    query: { country: string };
    body: undefined;
    answer: {
      items: ListedLine[];
      country: string;
      compiled_on: string;
    };
  };
  /** Takes an acceptance back. */
  "DELETE /api/v1/admin/crisis-lines/{line}/accept": {
    path: { line: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Accepts one line in one's own name, saying how and when it was checked. */
  "POST /api/v1/admin/crisis-lines/{line}/accept": {
    path: { line: string };
    query: undefined;
    body: {
      how: "called" | "page_read";
      checked_on: string;
    };
    answer: undefined;
  };
  /** Whether people are asked at the start, and by when somebody reads it. */
  "GET /api/v1/admin/first-assessment": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: FirstAssessmentSettings;
  };
  /** Sets it. Whoever has begun one can finish it. */
  "PUT /api/v1/admin/first-assessment": {
    path: undefined;
    query: undefined;
    body: {
      on: boolean;
      read_within_days: number;
    };
    answer: FirstAssessmentSettings;
  };
  /** Invitations that wait. */
  "GET /api/v1/admin/invitations": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: WaitingInvitation[];
    };
  };
  /** Invites someone; the link is shown once, works once, and ends after 72 hours. */
  "POST /api/v1/admin/invitations": {
    path: undefined;
    query: undefined;
    body: {
      role: "clinician" | "lead" | "administrator";
      display_name?: string;
      email?: string;
      team?: string;
    };
    answer: {
      id: string;
      link: string;
      ends_at: string;
    };
  };
  /** Withdraws an invitation. */
  "DELETE /api/v1/admin/invitations/{invitation}": {
    path: { invitation: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Help near by that the service itself knows. */
  "GET /api/v1/admin/local-help": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: LocalHelp[];
      version: number;
    };
  };
  /** Saves all of it; `version` is the one that was read. What was changed stands in one's own name. */
  "PUT /api/v1/admin/local-help": {
    path: undefined;
    query: undefined;
    body: {
      items: LocalHelpWanted[];
      version: number;
    };
    answer: {
      items: LocalHelp[];
      version: number;
    };
  };
  /** How the service ran in the last 24 hours, in numbers. */
  "GET /api/v1/admin/measurements": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Measurements;
  };
  /** What the service has set up. */
  "GET /api/v1/admin/settings": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Settings;
  };
  /** Saves it; `version` is the one that was read. */
  "PUT /api/v1/admin/settings": {
    path: undefined;
    query: undefined;
    body: {
      version: number;
      service_name: string;
      safety_officer?: string;
      responders: string[];
      staffed_hours: StaffedHours[];
      time_zone: string;
      out_of_hours_number?: string;
      own_line?: OwnLine | null;
      leave_url: string;
      retention_days: number;
      minimum_age_band: "under_13" | "13_17" | "18_25" | "26_64" | "65_plus";
      soon_people?: number | null;
    };
    answer: Settings;
  };
  /** State of the system, and what is still open before people can sign up. */
  "GET /api/v1/admin/state": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: SystemState;
  };
  /** Care teams. */
  "GET /api/v1/admin/teams": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Team[];
    };
  };
  /** Makes a care team. */
  "POST /api/v1/admin/teams": {
    path: undefined;
    query: undefined;
    body: {
      name: string;
    };
    answer: {
      items: Team[];
    };
  };
  /** Renames a team, or says who is on it. */
  "PATCH /api/v1/admin/teams/{team}": {
    path: { team: string };
    query: undefined;
    body: {
      name?: string;
      members?: string[];
    };
    answer: {
      items: Team[];
    };
  };
  /** Sends a test page that the named account acknowledges on their caseload. */
  "POST /api/v1/admin/test-page": {
    path: undefined;
    query: undefined;
    body: {
      account: string;
    };
    answer: {
      alert: string;
    };
  };
  /** The fixed safety and consent texts of a language, and who signed them. */
  "GET /api/v1/admin/texts": {
    path: undefined;
    query: { language?: string };
    body: undefined;
    answer: SafetyTexts;
  };
  /** Signs the texts of a language in one's own name; two different people are needed. */
  "POST /api/v1/admin/texts/{language}/sign": {
    path: { language: string };
    query: undefined;
    body: {
      version: string;
    };
    answer: undefined;
  };
  /** An alert with everything that is needed to act on it. */
  "GET /api/v1/alerts/{alert}": {
    path: { alert: string };
    query: undefined;
    body: undefined;
    answer: Alert;
  };
  /** The colleague's yes to a hand-over. */
  "POST /api/v1/alerts/{alert}/accept": {
    path: { alert: string };
    query: undefined;
    body: undefined;
    answer: Alert;
  };
  /** Says that one has it: only this stops the timer. */
  "POST /api/v1/alerts/{alert}/acknowledge": {
    path: { alert: string };
    query: undefined;
    body: {
      note?: string;
    };
    answer: Alert;
  };
  /** Keeps what was asked and heard, as a form of its own. No answer ends an alert or makes it less urgent. */
  "POST /api/v1/alerts/{alert}/answers": {
    path: { alert: string };
    query: undefined;
    body: {
      answers: Record<string, "yes" | "no" | "not_asked">;
    };
    answer: Alert;
  };
  /** What was done at a step: one tap, kept in the record in the words of today. */
  "POST /api/v1/alerts/{alert}/deeds": {
    path: { alert: string };
    query: undefined;
    body: {
      step: string;
      deed: string;
    };
    answer: Alert;
  };
  /** Adds a note. */
  "POST /api/v1/alerts/{alert}/notes": {
    path: { alert: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: Alert;
  };
  /** Records what was done. Reached closes it; not reached keeps it open and takes it up. */
  "POST /api/v1/alerts/{alert}/outcome": {
    path: { alert: string };
    query: undefined;
    body: {
      /** an id of the alert's outcomes */
      outcome: string;
      record?: string;
      colleague?: string;
      reason?: string;
      answers?: Record<string, "yes" | "no" | "not_asked">;
    };
    answer: Alert;
  };
  /** The second person for "no contact needed" at now. */
  "POST /api/v1/alerts/{alert}/second": {
    path: { alert: string };
    query: undefined;
    body: {
      agree: boolean;
      note?: string;
    };
    answer: Alert;
  };
  /** It was a slip: the alert that one closed alone is open again, for the minutes that next_steps.json gives. */
  "POST /api/v1/alerts/{alert}/take-back": {
    path: { alert: string };
    query: undefined;
    body: undefined;
    answer: Alert;
  };
  /** Words that follow an alert which one closed oneself; reads nothing. */
  "POST /api/v1/alerts/{alert}/words-after": {
    path: { alert: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: {
      at: string;
    };
  };
  /** What one is asked at this moment, what one will be asked and when, and why as often as now. */
  "GET /api/v1/asked": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Asked[];
      schedules: AskSchedule[];
      /** nothing is asked while it lasts */
      pause?: AskPause;
      longest_pause_days: number;
    };
  };
  /** Answers that form, once. Free text is screened like a message; danger gets the words for helpers. */
  "POST /api/v1/asked-about/answer": {
    path: undefined;
    query: { country?: string };
    body: {
      token: string;
      answers: Record<string, number | string | string[] | null>;
    };
    answer: {
      saved_at: string;
      /** fixed words for whoever helps */
      blocks?: Block[];
      /** by these words */
      team_called?: boolean;
    };
  };
  /** Whoever this link was sent to is not asked again, for good; their address is not kept any longer. */
  "POST /api/v1/asked-about/no-more": {
    path: undefined;
    query: undefined;
    body: {
      token: string;
    };
    answer: undefined;
  };
  /** Shows the one form that a link to somebody close opens: its questions, what the person wrote for them, and nothing else of the person. */
  "POST /api/v1/asked-about/open": {
    path: undefined;
    query: undefined;
    body: {
      /** what stands after #i. in the link */
      token: string;
    };
    answer: {
      until: string;
      /** theirs */
      language: string;
      /** what the person wants to be called here */
      called?: string;
      check_in: CheckInForm;
    };
  };
  /** Answers that form, once: scored, screened and judged as by page. `partial` sends a critical answer at once, mid-form, and leaves the link open. */
  "POST /api/v1/asked/answer": {
    path: undefined;
    query: { country?: string };
    body: {
      token: string;
      form: string;
      version: string;
      language?: string;
      answers: Record<string, number | string | string[] | null>;
      partial?: boolean;
    };
    answer: {
      saved_at: string;
      told?: QuestionnaireTold;
      blocks?: Block[];
    };
  };
  /** No more letters, texts and WhatsApp to whoever this link was sent to; address and number are not kept any longer. */
  "POST /api/v1/asked/no-more": {
    path: undefined;
    query: undefined;
    body: {
      token: string;
    };
    answer: undefined;
  };
  /** Shows the one form that a link opens: its questions, and nobody's name or answers. */
  "POST /api/v1/asked/open": {
    path: undefined;
    query: undefined;
    body: {
      /** what stands after # in the link */
      token: string;
    };
    answer: {
      form: string;
      until: string;
      check_in?: CheckInForm;
      questionnaire?: Questionnaire;
    };
  };
  /** From now on one is asked again. */
  "DELETE /api/v1/asked/pause": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Asks nothing for so many days; what waits is withdrawn. The team sees it. Talk, alerts and the plan stay as they are. */
  "PUT /api/v1/asked/pause": {
    path: undefined;
    query: undefined;
    body: {
      /** so long; then asking goes on by itself */
      days: number;
    };
    answer: AskPause;
  };
  /** The lead's review, within 72 hours. */
  "POST /api/v1/break-glass/{opening}/review": {
    path: { opening: string };
    query: undefined;
    body: {
      note: string;
    };
    answer: undefined;
  };
  /** Who needs me first, and why. */
  "GET /api/v1/caseload": {
    path: undefined;
    query: { scope?: "mine" | "team" };
    body: undefined;
    answer: Caseload;
  };
  /** Check-ins that this service designed, in their newest version; retired ones last. */
  "GET /api/v1/check-in-designs": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: CheckInDesign[];
    };
  };
  /** Designs a check-in: scales, choices and free text in the service's own words. Nothing is scored. */
  "POST /api/v1/check-in-designs": {
    path: undefined;
    query: undefined;
    body: {
      /** "en"; the first is for whoever reads none of them */
      languages: string[];
      /** by language, as every text here: in each of `languages` */
      title: Record<string, string>;
      /** above the questions */
      about?: Record<string, string>;
      /** for staff; people never read it */
      purpose: string;
      /** whom: the person, or somebody close about them; stays as it is; person */
      asks?: "person" | "informant";
      /** its link never goes by WhatsApp; one with answers that need a human never does */
      sensitive?: boolean;
      /** 1 to 12 */
      items: DesignItem[];
    };
    answer: CheckInDesign;
  };
  /** Every version of one, newest first. */
  "GET /api/v1/check-in-designs/{design}": {
    path: { design: string };
    query: undefined;
    body: undefined;
    answer: {
      items: CheckInDesign[];
    };
  };
  /** Asks it no more. What was answered stays; what waits for an answer is nobody's miss. */
  "POST /api/v1/check-in-designs/{design}/retire": {
    path: { design: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Changes one: a new version. Answers keep the version that they were given to. */
  "POST /api/v1/check-in-designs/{design}/versions": {
    path: { design: string };
    query: undefined;
    body: {
      /** the newest, which is being changed */
      from_version: number;
      /** "en"; the first is for whoever reads none of them */
      languages: string[];
      /** by language, as every text here: in each of `languages` */
      title: Record<string, string>;
      /** above the questions */
      about?: Record<string, string>;
      /** for staff; people never read it */
      purpose: string;
      /** whom: the person, or somebody close about them; stays as it is; person */
      asks?: "person" | "informant";
      /** its link never goes by WhatsApp; one with answers that need a human never does */
      sensitive?: boolean;
      /** 1 to 12 */
      items: DesignItem[];
    };
    answer: CheckInDesign;
  };
  /** What the check-in asks: the daily one, or one that the service designed. */
  "GET /api/v1/check-in/form": {
    path: undefined;
    query: { form?: string };
    body: undefined;
    answer: CheckInForm;
  };
  /** One's check-ins, newest first. */
  "GET /api/v1/check-ins": {
    path: undefined;
    query: { from?: string; to?: string };
    body: undefined;
    answer: {
      items: CheckIn[];
    };
  };
  /** Saves a check-in: durable and screened when this returns. Nothing in it is required. */
  "POST /api/v1/check-ins": {
    path: undefined;
    query: { country?: string };
    body: {
      /** "daily", or what a designed one is called */
      form?: string;
      version: string;
      /** by group: a number, a list of ids, a text */
      answers: Record<string, number | string | string[] | null>;
      /** for answers given offline */
      answered_at?: string;
      /** the same one again is the same check-in */
      client_id?: string;
    };
    answer: CheckInSaved;
  };
  /** What one answered to check-ins that the service designed, newest first. */
  "GET /api/v1/check-ins/designed": {
    path: undefined;
    query: { before?: string };
    body: undefined;
    answer: {
      items: DesignedAnswer[];
    };
  };
  /** Clinicians and leads, for handing over. */
  "GET /api/v1/colleagues": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Colleague[];
    };
  };
  /** What one has agreed to, purpose by purpose. */
  "GET /api/v1/consents": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      purposes: Purpose[];
    };
  };
  /** Agrees or withdraws, purpose by purpose. */
  "PUT /api/v1/consents": {
    path: undefined;
    query: undefined;
    body: {
      purposes: PurposeAnswer[];
    };
    answer: {
      purposes: Purpose[];
    };
  };
  /** One's current conversation; opened, with the notice, when there is none. */
  "GET /api/v1/conversation": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Conversation;
  };
  /** Answers a question with one of its choices. */
  "POST /api/v1/conversation/choices": {
    path: undefined;
    query: undefined;
    body: {
      message: string;
      choice: string;
    };
    answer: Exchange;
  };
  /** Older messages. */
  "GET /api/v1/conversation/messages": {
    path: undefined;
    query: { before: string };
    body: undefined;
    answer: {
      items: Message[];
      next?: string;
    };
  };
  /** Says something. Durable, screened and answered when this returns. */
  "POST /api/v1/conversation/messages": {
    path: undefined;
    query: { country?: string };
    body: {
      text: string;
      /** the same one again is the same message */
      client_id?: string;
    };
    answer: Exchange;
  };
  /** Closes the current conversation and opens another, with or without memory. */
  "POST /api/v1/conversation/new": {
    path: undefined;
    query: undefined;
    body: {
      memory?: boolean;
    };
    answer: Conversation;
  };
  /** Calls it off. */
  "DELETE /api/v1/conversation/person-wanted": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Conversation;
  };
  /** Asks for a human. */
  "POST /api/v1/conversation/person-wanted": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Conversation;
  };
  /** A conversation, and what matters beside it. */
  "GET /api/v1/conversations/{conversation}": {
    path: { conversation: string };
    query: undefined;
    body: undefined;
    answer: LivePage;
  };
  /** What the AI would answer, for the human who has the conversation. Sends nothing. */
  "GET /api/v1/conversations/{conversation}/draft": {
    path: { conversation: string };
    query: undefined;
    body: undefined;
    answer: {
      draft?: Draft;
    };
  };
  /** Hands it back to the AI, with one line for whoever comes next. */
  "POST /api/v1/conversations/{conversation}/hand-back": {
    path: { conversation: string };
    query: undefined;
    body: {
      line: string;
    };
    answer: LivePage;
  };
  /** Older messages. */
  "GET /api/v1/conversations/{conversation}/messages": {
    path: { conversation: string };
    query: { before: string };
    body: undefined;
    answer: {
      items: Message[];
    };
  };
  /** Writes to the person as oneself. */
  "POST /api/v1/conversations/{conversation}/messages": {
    path: { conversation: string };
    query: undefined;
    body: {
      text: string;
      client_id?: string;
    };
    answer: Message;
  };
  /** A note for colleagues beside the conversation: never said in it, and part of the record that the person can take along. */
  "POST /api/v1/conversations/{conversation}/notes": {
    path: { conversation: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: undefined;
  };
  /** A conversation in one look; without its words where they may not be read. */
  "GET /api/v1/conversations/{conversation}/summary": {
    path: { conversation: string };
    query: undefined;
    body: undefined;
    answer: Summary;
  };
  /** Takes the conversation over: the AI is quiet, screening goes on. The first one gets it. */
  "POST /api/v1/conversations/{conversation}/take": {
    path: { conversation: string };
    query: undefined;
    body: undefined;
    answer: LivePage;
  };
  /** A human says how soon one is needed, with the reason. */
  "PUT /api/v1/conversations/{conversation}/urgency": {
    path: { conversation: string };
    query: undefined;
    body: {
      urgency: "usual" | "soon" | "today" | "now";
      reason: string;
    };
    answer: undefined;
  };
  /** One's daily summaries with their gaps. Empty without a yes to wearables. */
  "GET /api/v1/daily": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: DailyCourse[];
    };
  };
  /** What one's wearable counted on a day. The same day of the same source is replaced. */
  "PUT /api/v1/daily": {
    path: undefined;
    query: undefined;
    body: {
      day: string;
      /** what sends it, in a short word of its own */
      source: string;
      /** by measure of content/protocols/wearables.json; null: not known */
      values: Record<string, number | null>;
    };
    answer: undefined;
  };
  /** The demo's log-ins with their current codes. */
  "GET /api/v1/demo/log-ins": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      password: string;
      staff: DemoStaff[];
      people: DemoPerson[];
    };
  };
  /** Server-sent events of one's own: ids only, the page fetches the rest. Last-Event-ID resumes. */
  "GET /api/v1/events": {
    path: undefined;
    query: { last_event_id?: string };
    body: undefined;
    answer: undefined;
  };
  /** What one wrote in exercises, newest first, and how it was afterwards. */
  "GET /api/v1/exercise-words": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: ExerciseRun[];
    };
  };
  /** Takes one out of the plan. */
  "DELETE /api/v1/exercise-words/{run}": {
    path: { run: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Small steps, with how long they take and when not to use them. */
  "GET /api/v1/exercises": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Exercise[];
    };
  };
  /** Findings of one's teams that nobody has judged yet, newest first. */
  "GET /api/v1/findings": {
    path: undefined;
    query: { unjudged?: boolean };
    body: undefined;
    answer: {
      items: Finding[];
    };
  };
  /** Agrees or disagrees with a finding. */
  "POST /api/v1/findings/{finding}/judgement": {
    path: { finding: string };
    query: undefined;
    body: {
      judgement: "agree" | "disagree";
      note?: string;
    };
    answer: Finding;
  };
  /** What this finding found is known, until the end of a day: its rules put nothing about this person on the list. Anything sooner than soon, and any other rule, is heard as ever. */
  "POST /api/v1/findings/{finding}/quiet": {
    path: { finding: string };
    query: undefined;
    body: {
      /** a day, at most as far ahead as the protocol allows */
      until: string;
      because: string;
    };
    answer: {
      id: string;
    };
  };
  /** One's first assessment: what is asked, what one answered, and who reads it. */
  "GET /api/v1/first-assessment": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: FirstAssessmentOwn;
  };
  /** Saves the answer to one question: durable and screened when this returns. null takes it back. */
  "POST /api/v1/first-assessment/answers": {
    path: undefined;
    query: { country?: string };
    body: {
      /** the version of the form that was on the screen */
      form: string;
      /** one question with its answer */
      answers: Record<string, number | string | string[] | null>;
      /** the version of the page that was on the screen */
      seen?: number;
    };
    answer: {
      version: number;
      /** another device answered it in between: this one was not kept */
      changed_elsewhere: boolean;
      /** words for somebody in danger: they go first */
      blocks?: Block[];
    };
  };
  /** Sends the page to whoever reads it. Nothing of it changes afterwards. */
  "POST /api/v1/first-assessment/send": {
    path: undefined;
    query: undefined;
    body: {
      /** of the page that was on the screen */
      version: number;
    };
    answer: FirstAssessmentOwn;
  };
  /** First assessments that nobody has read: of one's teams; a lead sees all, without names. */
  "GET /api/v1/first-assessments": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: UnreadFirstAssessment[];
    };
  };
  /** Emergency number and accepted lines of a country. Needs no log-in. */
  "GET /api/v1/help": {
    path: undefined;
    query: { country?: string; audience?: string };
    body: undefined;
    answer: Help;
  };
  /** What was imported, newest first. */
  "GET /api/v1/imports": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Import[];
    };
  };
  /** Takes a file into one person's record, as a batch that can be taken back. */
  "POST /api/v1/imports": {
    path: undefined;
    query: undefined;
    body: {
      /** the whole file: comma-separated, or JSON Lines */
      text: string;
      /** left out: whichever fits */
      kind?: "check-ins" | "daily";
      /** of a file of several people: what it calls the one who is meant */
      only?: string;
      /** left out: a shipped one that fits, or one is proposed */
      mapping?: ImportMapping;
      /** whose it is */
      person?: string;
      /** of a new person, when there is none yet */
      name?: string;
      /** of daily: what the days come from */
      source?: string;
      /** although the same file was taken before */
      again?: boolean;
    };
    answer: Import;
  };
  /** How a file would be read and what would be taken of it. Nothing is stored. */
  "POST /api/v1/imports/preview": {
    path: undefined;
    query: undefined;
    body: {
      /** the whole file: comma-separated, or JSON Lines */
      text: string;
      /** left out: whichever fits */
      kind?: "check-ins" | "daily";
      /** of a file of several people: what it calls the one who is meant */
      only?: string;
      /** left out: a shipped one that fits, or one is proposed */
      mapping?: ImportMapping;
    };
    answer: {
      /** nobody wrote this mapping: look at it, and send it to take the file */
      proposed: boolean;
      title: string;
      changeable: boolean;
      mapping: ImportMapping;
      doubts: ImportDoubt[];
      columns: ImportBecomes[];
      first: ImportFirst[];
      notes: string[];
      rows: number;
      taken: number;
      empty: number;
      not_taken: number;
      /** lines that are not taken; at most 1000 */
      problems: ImportRemark[];
      /** lines that are taken, and what is odd about them */
      remarks: ImportRemark[];
      measures: DailyMeasure[];
      /** it was taken before */
      same_file?: Import;
    };
  };
  /** Takes back exactly what an import brought, and works out anew what was made from it. */
  "POST /api/v1/imports/{import}/undo": {
    path: { import: string };
    query: undefined;
    body: undefined;
    answer: {
      import: Import;
      /** that are gone */
      rows: number;
      /** findings that rested on them */
      withdrawn: number;
      /** open alerts that stay open, marked */
      alerts_marked: number;
    };
  };
  /** Whom one lets be asked, what came of it, and the text that one agrees to when one names somebody. */
  "GET /api/v1/informants": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Informant[];
      /** so many at a time */
      most: number;
      /** this service can send letters */
      letters: boolean;
      /** in one's own language; part by part */
      consent: string[];
    };
  };
  /** Lets somebody close be asked by the care team now and then. They see nothing of one's own. */
  "POST /api/v1/informants": {
    path: undefined;
    query: undefined;
    body: {
      relation: "partner" | "parent" | "friend" | "other";
      /** what their page calls one */
      called?: string;
      mail: string;
      /** en, es, fr, de or pt: theirs */
      language: string;
      /** to the text of GET; needed */
      agreed: boolean;
    };
    answer: Informant;
  };
  /** Ends it: no more letters, the address is gone, nobody is told why. What was answered stays. */
  "DELETE /api/v1/informants/{informant}": {
    path: { informant: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** What an invitation is for. */
  "GET /api/v1/invitations/{token}": {
    path: { token: string };
    query: undefined;
    body: undefined;
    answer: {
      purpose: string;
      role: string;
      display_name?: string;
      ends_at: string;
    };
  };
  /** Takes an invitation; works once. */
  "POST /api/v1/invitations/{token}": {
    path: { token: string };
    query: undefined;
    body: {
      display_name: string;
      login: string;
      password: string;
    };
    answer: {
      id: string;
      role: string;
      totp?: SecondFactor;
    };
  };
  /** Whether what is written here can be kept at this moment. Asks nothing of the store. */
  "GET /api/v1/keeping": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      keeps: boolean;
      /** since when it is so */
      since: string;
    };
  };
  /** What is for soon and nobody has looked at: of one's teams; a lead sees all, without names. */
  "GET /api/v1/list-entries": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      /** what is due first first */
      items: ListEntry[];
    };
  };
  /** How much is for soon, whose it was and what became of it; how often each rule was agreed with. */
  "GET /api/v1/list-load": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ListLoad;
  };
  /** Who waits for a human, and who is with one. */
  "GET /api/v1/live": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Live;
  };
  /** Says that one has a page open and in sight. Holds for 75 seconds. */
  "POST /api/v1/live/here": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** The account that is signed in. */
  "GET /api/v1/me": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Account;
  };
  /** What one is called, language and colours. */
  "PATCH /api/v1/me": {
    path: undefined;
    query: undefined;
    body: {
      display_name?: string;
      language?: string;
      theme?: "" | "light" | "dark";
    };
    answer: Account;
  };
  /** Switches notifications on or off for the browser that this is asked from. They name nobody and nothing of health. */
  "PUT /api/v1/me/device": {
    path: undefined;
    query: undefined;
    body: {
      /** as the browser gave it: https, of the internet */
      endpoint: string;
      on: boolean;
      /** base64url; needed to switch it on, as the next one */
      p256dh?: string;
      auth?: string;
    };
    answer: undefined;
  };
  /** Changes the password and ends every other session. */
  "POST /api/v1/me/password": {
    path: undefined;
    query: undefined;
    body: {
      old: string;
      new: string;
    };
    answer: undefined;
  };
  /** The password once more, for what asks for proof; counts five minutes. */
  "POST /api/v1/me/re-authenticate": {
    path: undefined;
    query: undefined;
    body: {
      password: string;
      code?: string;
    };
    answer: undefined;
  };
  /** How one is reached away from the page: the devices with notifications on, and of staff the work number. */
  "GET /api/v1/me/reach": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      /** what a browser is given to switch notifications on; absent: there are none here */
      push_key?: string;
      /** the addresses that one's own browsers gave */
      devices: string[];
      /** text messages can go out */
      texts: boolean;
      work_phone?: string;
      /** false: the gateway said that this number takes none any more */
      takes_texts?: boolean;
    };
  };
  /** Begins a second factor; counts once a code confirms it. */
  "POST /api/v1/me/second-factor": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: SecondFactor;
  };
  /** Confirms it with a code; gives recovery codes, once. */
  "POST /api/v1/me/second-factor/confirm": {
    path: undefined;
    query: undefined;
    body: {
      code: string;
    };
    answer: {
      recovery_codes: string[];
    };
  };
  /** Where this account is signed in. */
  "GET /api/v1/me/sessions": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Session[];
    };
  };
  /** Ends one of one's own sessions. */
  "DELETE /api/v1/me/sessions/{session}": {
    path: { session: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** The number at which one is told of alerts by text; none given: no number. */
  "PUT /api/v1/me/work-phone": {
    path: undefined;
    query: undefined;
    body: {
      /** with its country: +353 87 123 4567 */
      work_phone?: string;
    };
    answer: undefined;
  };
  /** Forgets everything on the list. */
  "DELETE /api/v1/memory": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** What the AI remembers about oneself, item by item. */
  "GET /api/v1/memory": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: MemoryItem[];
    };
  };
  /** Adds an item. A second name takes the place of the first. */
  "POST /api/v1/memory": {
    path: undefined;
    query: undefined;
    body: {
      kind: "name" | "goal" | "person" | "helps" | "trigger";
      text: string;
    };
    answer: MemoryItem;
  };
  /** Forgets an item: no earlier version of the list keeps it. */
  "DELETE /api/v1/memory/{item}": {
    path: { item: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Puts other words in place of an item's. */
  "PUT /api/v1/memory/{item}": {
    path: { item: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: MemoryItem;
  };
  /** Who is on call for one's own teams, who comes next, and what was handed over. A lead sees every team. */
  "GET /api/v1/on-call": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: OnCallTeam[];
      time_zone: string;
    };
  };
  /** A few words for whoever comes on call next, gone after three days. Not about a person: that belongs on their page. */
  "POST /api/v1/on-call/notes": {
    path: undefined;
    query: undefined;
    body: {
      team: string;
      text: string;
    };
    answer: OnCallNote;
  };
  /** Takes a note back: whoever wrote it, or a lead. */
  "DELETE /api/v1/on-call/notes/{note}": {
    path: { note: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** People of one's teams, by name. */
  "GET /api/v1/people": {
    path: undefined;
    query: { query?: string };
    body: undefined;
    answer: {
      items: CaseRow[];
    };
  };
  /** Four months of a person in ten seconds. */
  "GET /api/v1/people/{person}": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: PersonPage;
  };
  /** From now on somebody is asked again. */
  "DELETE /api/v1/people/{person}/asking-pause": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Asks somebody nothing for so many days; what waits is withdrawn. Alerts and their timers go on. */
  "PUT /api/v1/people/{person}/asking-pause": {
    path: { person: string };
    query: undefined;
    body: {
      /** so long; then asking goes on by itself */
      days: number;
      /** the person reads it */
      reason?: string;
    };
    answer: AskPause;
  };
  /** Opens a person outside one's teams for 60 minutes; the lead reviews it, the person sees it. */
  "POST /api/v1/people/{person}/break-glass": {
    path: { person: string };
    query: undefined;
    body: {
      reason: string;
      code: string;
    };
    answer: {
      until: string;
    };
  };
  /** What somebody answered to check-ins that the service designed, newest first. */
  "GET /api/v1/people/{person}/check-ins/designed": {
    path: { person: string };
    query: { before?: string };
    body: undefined;
    answer: {
      items: DesignedAnswer[];
    };
  };
  /** What happened on a day: it stands on the chart beside the totals. The person reads it when they take their record along. */
  "POST /api/v1/people/{person}/course-events": {
    path: { person: string };
    query: undefined;
    body: {
      on: string;
      kind: "life" | "medicine" | "appointment";
      text: string;
      /** an appointment that did not take place */
      missed?: boolean;
    };
    answer: {
      number: number;
    };
  };
  /** Takes an event off the chart. */
  "DELETE /api/v1/people/{person}/course-events/{number}": {
    path: { person: string; number: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** What was found when going through the steps for somebody who is not on track, and the plan. */
  "POST /api/v1/people/{person}/course-reviews": {
    path: { person: string };
    query: undefined;
    body: {
      steps: ReviewStep[];
      plan?: string;
    };
    answer: undefined;
  };
  /** A person's daily summaries with their gaps. Empty without their yes to wearables. */
  "GET /api/v1/people/{person}/daily": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: {
      items: DailyCourse[];
    };
  };
  /** The same from an app, by its key with the scope daily in the Authorization header. */
  "PUT /api/v1/people/{person}/daily": {
    path: { person: string };
    query: undefined;
    body: {
      day: string;
      /** what sends it, in a short word of its own */
      source: string;
      /** by measure of content/protocols/wearables.json; null: not known */
      values: Record<string, number | null>;
    };
    answer: undefined;
  };
  /** Somebody's first assessment on one page; nothing while it was not sent. */
  "GET /api/v1/people/{person}/first-assessment": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: {
      assessment?: FirstAssessment;
    };
  };
  /** That one has read it, with what follows from it. */
  "POST /api/v1/people/{person}/first-assessment/read": {
    path: { person: string };
    query: undefined;
    body: {
      note: string;
    };
    answer: undefined;
  };
  /** Names who reads it: a clinician of the person's team. */
  "PUT /api/v1/people/{person}/first-assessment/reader": {
    path: { person: string };
    query: undefined;
    body: {
      account: string;
    };
    answer: undefined;
  };
  /** Whom somebody lets be asked, what they are asked, and what they answered; apart from the person's own. */
  "GET /api/v1/people/{person}/informants": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: {
      items: InformantOfPerson[];
      /** the newest first */
      answers: InformantAnswer[];
      /** this service can send letters; without any nobody is asked */
      letters: boolean;
      least_days: number;
      most_days: number;
      /** years */
      competence_below: number;
      abuse_days: number;
    };
  };
  /** Asks them nothing more; the person's yes stays. */
  "DELETE /api/v1/people/{person}/informants/{informant}/plan": {
    path: { person: string; informant: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Asks somebody close a check-in that is designed for it, every so many days at a time of day. */
  "PUT /api/v1/people/{person}/informants/{informant}/plan": {
    path: { person: string; informant: string };
    query: undefined;
    body: {
      /** of a check-in that asks informants */
      form: string;
      every_days: number;
      /** "09:00", by the service's clock */
      at: string;
    };
    answer: undefined;
  };
  /** They may be asked although abuse was found until now, and why. No page of the person or of theirs says so. */
  "PUT /api/v1/people/{person}/informants/{informant}/release": {
    path: { person: string; informant: string };
    query: undefined;
    body: {
      reason: string;
    };
    answer: undefined;
  };
  /** Records that the person understands what they agree to: below the age of asking.json, or of unknown age. */
  "PUT /api/v1/people/{person}/informants/{informant}/understood": {
    path: { person: string; informant: string };
    query: undefined;
    body: {
      /** how one knows; the person reads it */
      note: string;
    };
    answer: undefined;
  };
  /** It covers nothing any more. */
  "DELETE /api/v1/people/{person}/known-and-planned/{instrument}": {
    path: { person: string; instrument: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** That an answer about death or self-harm is known, with a plan. Covers the same low answer for 28 days; closes no alert. */
  "PUT /api/v1/people/{person}/known-and-planned/{instrument}": {
    path: { person: string; instrument: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: undefined;
  };
  /** Names whose everything of this person on the list is: a clinician of their team. */
  "PUT /api/v1/people/{person}/list-entries/owner": {
    path: { person: string };
    query: undefined;
    body: {
      account: string;
    };
    answer: undefined;
  };
  /** What one did who looked at findings for soon, or why there is nothing to do. That takes them off the list. */
  "POST /api/v1/people/{person}/looked": {
    path: { person: string };
    query: undefined;
    body: {
      /** those that were on the screen */
      findings: string[];
      looked: "talked" | "arranged" | "known" | "mistaken" | "nothing";
      /** needed for nothing: why */
      words?: string;
    };
    answer: undefined;
  };
  /** A note for the team; the person sees it when they take their record along. */
  "POST /api/v1/people/{person}/notes": {
    path: { person: string };
    query: undefined;
    body: {
      text: string;
    };
    answer: undefined;
  };
  /** Takes it back: what it kept off the list is on it, to be looked at as if it came now. */
  "DELETE /api/v1/people/{person}/quiet-rules/{quiet}": {
    path: { person: string; quiet: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** What somebody is asked and when, why as often as now, and what became of the last thirty times. */
  "GET /api/v1/people/{person}/schedules": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: {
      items: AskSchedule[];
      asks: Ask[];
      /** that the person chose: it goes before a schedule's */
      own_time_zone?: string;
      /** they agreed to reminders, and this service can send some */
      letters: boolean;
      /** nothing is asked while it lasts */
      pause?: AskPause;
      longest_pause_days: number;
    };
  };
  /** Asks somebody something at times of their week, in windows, or once around an event. */
  "POST /api/v1/people/{person}/schedules": {
    path: { person: string };
    query: undefined;
    body: {
      /** "daily", a questionnaire's id, or what a designed check-in is called */
      form: string;
      /** IANA; none: the service's own. The person's own choice goes first. */
      time_zone?: string;
      times?: AskTime[];
      least_gap_minutes?: number;
      /** an appointment or an event, instead of times */
      anchor_at?: string;
      /** after it; less than 0: before it */
      offset_minutes?: number;
      /** at every so many of these times; 1 */
      usual_every?: number;
      /** never less often, however well somebody is; `usual_every` */
      at_least_every?: number;
      /** its link never goes by WhatsApp; forms that ask about suicide and its like never do */
      sensitive?: boolean;
    };
    answer: AskSchedule;
  };
  /** Asks nothing more of it; what waits for an answer is withdrawn. */
  "DELETE /api/v1/people/{person}/schedules/{schedule}": {
    path: { person: string; schedule: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Another plan in place of this one, in one step: it gets an id of its own. What waits for an answer goes on waiting, unless another form is asked now. */
  "PUT /api/v1/people/{person}/schedules/{schedule}": {
    path: { person: string; schedule: string };
    query: undefined;
    body: {
      /** "daily", a questionnaire's id, or what a designed check-in is called */
      form: string;
      /** IANA; none: the service's own. The person's own choice goes first. */
      time_zone?: string;
      times?: AskTime[];
      least_gap_minutes?: number;
      /** an appointment or an event, instead of times */
      anchor_at?: string;
      /** after it; less than 0: before it */
      offset_minutes?: number;
      /** at every so many of these times; 1 */
      usual_every?: number;
      /** never less often, however well somebody is; `usual_every` */
      at_least_every?: number;
      /** its link never goes by WhatsApp; forms that ask about suicide and its like never do */
      sensitive?: boolean;
    };
    answer: AskSchedule;
  };
  /** Links to somebody's safety plan of which a clinician records that the person understands what they agree to: below the age of asking.json, or of unknown age. Nobody else's are shown. */
  "GET /api/v1/people/{person}/supporter-links": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: {
      items: SupporterToUnderstand[];
      /** years */
      competence_below: number;
    };
  };
  /** Records that the person understands what they agree to; the link opens from then on. */
  "PUT /api/v1/people/{person}/supporter-links/{supporter}/understood": {
    path: { person: string; supporter: string };
    query: undefined;
    body: {
      /** how one knows; the person reads it */
      note: string;
    };
    answer: undefined;
  };
  /** Older events. */
  "GET /api/v1/people/{person}/timeline": {
    path: { person: string };
    query: { before: string };
    body: undefined;
    answer: Timeline;
  };
  /** The treatment has ended; it stays in the record. */
  "DELETE /api/v1/people/{person}/treatment": {
    path: { person: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** What somebody is treated with, from which day on: their course is judged from there. */
  "PUT /api/v1/people/{person}/treatment": {
    path: { person: string };
    query: undefined;
    body: {
      started_on: string;
      psychological?: boolean;
      medication?: boolean;
    };
    answer: undefined;
  };
  /** Who looked, newest first. */
  "GET /api/v1/privacy/accesses": {
    path: undefined;
    query: { before?: string };
    body: undefined;
    answer: {
      items: Access[];
      next?: string;
    };
  };
  /** Everything that is kept about oneself, as JSON. */
  "GET /api/v1/privacy/download": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      made_at: string;
      person: unknown;
      consents: unknown;
      messages: unknown;
      answers: unknown;
      first_assessment?: unknown;
      daily_summaries: unknown;
      asking: unknown;
      somebody_close: unknown;
      findings: unknown;
      known_until: unknown;
      alerts: unknown;
      safety_plan: unknown;
      memory: unknown;
      exercise_runs: unknown;
      treatment?: unknown;
      known_and_planned: unknown;
      course_events: unknown;
      course_reviews: unknown;
      safe_contact: unknown;
      emergency_contact?: EmergencyContact;
      supporters: unknown;
      staff_notes: unknown;
      sent_to_language_models: unknown;
    };
  };
  /** Calls it off. */
  "DELETE /api/v1/privacy/erase": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Whether erasing was asked for, and what stays. */
  "GET /api/v1/privacy/erase": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Erasure;
  };
  /** Asks to be erased: done after 7 days, in which it can be called off. */
  "POST /api/v1/privacy/erase": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Erasure;
  };
  /** Who can read this, in sentences made from the configuration. */
  "GET /api/v1/privacy/readers": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Readers;
  };
  /** What was sent to language models about oneself, word by word, newest first. */
  "GET /api/v1/privacy/sent": {
    path: undefined;
    query: { before?: string };
    body: undefined;
    answer: {
      items: SentWords[];
      next?: string;
    };
  };
  /** One's progress: a sentence, a series with its gaps, totals, and how sure. */
  "GET /api/v1/progress": {
    path: undefined;
    query: { days?: number; offset?: number };
    body: undefined;
    answer: Progress;
  };
  /** The crisis protocol, made from what this server is configured to say. */
  "GET /api/v1/protocol": {
    path: undefined;
    query: { language?: string };
    body: undefined;
    answer: CrisisProtocol;
  };
  /** All questionnaires there are; those whose words may not be shown say why. */
  "GET /api/v1/questionnaires": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: QuestionnaireSummary[];
    };
  };
  /** A questionnaire in its published words. */
  "GET /api/v1/questionnaires/{questionnaire}": {
    path: { questionnaire: string };
    query: { language?: string };
    body: undefined;
    answer: Questionnaire;
  };
  /** Scores and judges; `partial` sends a critical answer at once, mid-form. */
  "POST /api/v1/questionnaires/{questionnaire}/answers": {
    path: { questionnaire: string };
    query: { country?: string };
    body: {
      version: string;
      language?: string;
      answers: Record<string, number | null>;
      refused?: string[];
      partial?: boolean;
    };
    answer: QuestionnaireSaved;
  };
  /** A recovery code in place of the password; ends every session. */
  "POST /api/v1/recovery": {
    path: undefined;
    query: undefined;
    body: {
      login: string;
      recovery_code: string;
      new_password: string;
    };
    answer: undefined;
  };
  /** Whether letters, texts or WhatsApp remind one, and the time zone in which one is asked. */
  "GET /api/v1/reminders": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      mail?: string;
      time_zone?: string;
      phone?: string;
      /** this service can send some */
      letters: boolean;
      /** this service can send some */
      texts: boolean;
      /** the link goes by WhatsApp where it may */
      whatsapp: boolean;
      /** this service does not; a number has to be joined first; within 24 hours of what one wrote there; later as well, a message says first that something waits */
      whatsapp_can: "no" | "no_number" | "day" | "always";
      /** "21:00": from then on none goes, by the person's clock */
      quiet_from?: string;
      quiet_to?: string;
    };
  };
  /** Agrees to letters at an address, texts to a number or WhatsApp, or takes it back. They name nobody and nothing of health. */
  "PUT /api/v1/reminders": {
    path: undefined;
    query: undefined;
    body: {
      /** none: no letters; an address that was taken back is not kept */
      mail?: string;
      /** with its country: +353 87 123 4567; none: no texts, and it is not kept */
      phone?: string;
      /** at the number that is joined to one's account */
      whatsapp?: boolean;
      /** needed with an address, a number or WhatsApp */
      agreed?: boolean;
      /** IANA; none: the schedule's own */
      time_zone?: string;
    };
    answer: undefined;
  };
  /** Where help is in a country, for whom: only what a public list names and this service accepted; and what it knows near by itself. */
  "GET /api/v1/resources": {
    path: undefined;
    query: { country: string; audience?: string; language?: string };
    body: undefined;
    answer: {
      items: Resource[];
      /** without an audience only */
      own: OwnResource[];
      audiences: string[];
      country: string;
      country_name: string;
    };
  };
  /** Who is on call when, and where nobody is. `team`, `day`: a week of that team; else of the first one, now. */
  "GET /api/v1/rota": {
    path: undefined;
    query: { team?: string; day?: string };
    body: undefined;
    answer: Rota;
  };
  /** A member of staff is away on these days, both included; their shifts are gaps until somebody takes them. */
  "POST /api/v1/rota/leave": {
    path: undefined;
    query: undefined;
    body: {
      account: string;
      first: string;
      last: string;
    };
    answer: undefined;
  };
  /** They are not away on these days. */
  "DELETE /api/v1/rota/leave/{leave}": {
    path: { leave: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Somebody else takes a team's calls for a date. */
  "POST /api/v1/rota/overrides": {
    path: undefined;
    query: undefined;
    body: {
      team: string;
      account: string;
      /** of the service's own calendar */
      day: string;
      from: string;
      /** not later than `from`: on the next day */
      to: string;
    };
    answer: undefined;
  };
  /** The pattern counts again. */
  "DELETE /api/v1/rota/overrides/{override}": {
    path: { override: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Somebody is on call each week at this time. */
  "POST /api/v1/rota/shifts": {
    path: undefined;
    query: undefined;
    body: {
      team: string;
      account: string;
      /** 1 for Monday */
      weekday: number;
      from: string;
      /** not later than `from`: on the next day */
      to: string;
    };
    answer: undefined;
  };
  /** Nobody is on call by this shift any more. */
  "DELETE /api/v1/rota/shifts/{shift}": {
    path: { shift: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** How often one rule was agreed with. */
  "GET /api/v1/rule-precision": {
    path: undefined;
    query: { rule: string };
    body: undefined;
    answer: RulePrecision;
  };
  /** How to reach oneself safely. */
  "GET /api/v1/safe-contact": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: SafeContact;
  };
  /** Saves it. */
  "PUT /api/v1/safe-contact": {
    path: undefined;
    query: undefined;
    body: {
      phone?: string;
      email?: string;
      times?: string;
      voicemail_ok?: boolean;
      text_ok?: boolean;
      address?: string;
      medicines?: string;
      emergency_contact?: EmergencyContact | null;
    };
    answer: SafeContact;
  };
  /** One's own safety plan. */
  "GET /api/v1/safety-plan": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: SafetyPlan;
  };
  /** Saves it; `version` is the one that was read. */
  "PUT /api/v1/safety-plan": {
    path: undefined;
    query: undefined;
    body: {
      version: number;
      parts: NewPlanParts;
      shared_with_team?: boolean;
      kept_on_device?: boolean;
    };
    answer: SafetyPlan;
  };
  /** Words that the service keeps ready for its staff. */
  "GET /api/v1/saved-replies": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: SavedReplies;
  };
  /** Changes all of them at once. `version` is the one that was read. */
  "PUT /api/v1/saved-replies": {
    path: undefined;
    query: undefined;
    body: {
      items: SavedReply[];
      version: number;
    };
    answer: SavedReplies;
  };
  /** What this service is, who reads and when, and whether it is open. */
  "GET /api/v1/service": {
    path: undefined;
    query: { language?: string };
    body: undefined;
    answer: Service;
  };
  /** Are people getting better, by where they began and by group; do they meet humans. */
  "GET /api/v1/service-outcomes": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ServiceOutcomes;
  };
  /** Are alerts answered in time, what is open, and who opened someone from outside their team. */
  "GET /api/v1/service-report": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: ServiceReport;
  };
  /** Shows what a person lets a supporter see of their safety plan, as it is now, and nothing else of theirs. The person sees that it was opened, and when. */
  "POST /api/v1/shared-plan/open": {
    path: undefined;
    query: undefined;
    body: {
      /** what stands after # in the link */
      token: string;
    };
    answer: {
      /** what the person wants to be called here */
      called: string;
      /** theirs */
      language: string;
      until: string;
      /** when the plan was written last */
      updated_at?: string;
      shares: string[];
      /** those that are not shared are empty */
      parts: PlanParts;
      /** fixed words for whoever worries about somebody */
      worried: Block[];
      /** fixed words for whoever helps somebody in danger */
      danger: Block[];
    };
  };
  /** Signs in; staff also give a code. */
  "POST /api/v1/sign-in": {
    path: undefined;
    query: undefined;
    body: {
      login: string;
      password: string;
      code?: string;
    };
    answer: {
      account: Account;
      second_factor_set_up: boolean;
    };
  };
  /** Ends this session and clears what the browser kept. */
  "POST /api/v1/sign-out": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Begins with or without a log-in name; without one the session is on this device only. */
  "POST /api/v1/sign-up": {
    path: undefined;
    query: undefined;
    body: {
      display_name?: string;
      login?: string;
      password?: string;
      age_band: "under_13" | "13_17" | "18_25" | "26_64" | "65_plus";
      /** ISO 3166, two letters */
      country: string;
      language?: string;
      consents: FirstConsents;
    };
    answer: {
      account: Account;
      recovery_codes?: string[];
    };
  };
  /** Friends or relatives one has chosen, what each may see, and the text that one agrees to. None of them is ever alerted by the software. */
  "GET /api/v1/supporters": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      items: Supporter[];
      /** how long a link may last, to choose from */
      days: number[];
      usual_days: number;
      /** in one's own language; part by part */
      consent: string[];
    };
  };
  /** Adds a supporter, who sees nothing until one makes them a link. */
  "POST /api/v1/supporters": {
    path: undefined;
    query: undefined;
    body: {
      name: string;
      relation?: string;
    };
    answer: Supporter;
  };
  /** Removes a supporter, silently; their link opens nothing any more. */
  "DELETE /api/v1/supporters/{supporter}": {
    path: { supporter: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Takes the link back: it opens nothing any more, and nobody is told. */
  "DELETE /api/v1/supporters/{supporter}/link": {
    path: { supporter: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Makes a link by which a supporter sees parts of one's safety plan, in place of an earlier one. Its token is told here and never again. */
  "POST /api/v1/supporters/{supporter}/link": {
    path: { supporter: string };
    query: undefined;
    body: {
      /** parts of the safety plan */
      shares: string[];
      /** one of those of GET */
      days: number;
      /** what their page calls one */
      called: string;
      /** en, es, fr, de or pt: theirs */
      language: string;
      /** to the text of GET; needed */
      agreed: boolean;
    };
    answer: {
      link: SupporterLink;
      /** what stands after # in the link */
      token: string;
    };
  };
  /** Changes what the same link shows from now on. */
  "PUT /api/v1/supporters/{supporter}/link": {
    path: { supporter: string };
    query: undefined;
    body: {
      /** parts of the safety plan */
      shares: string[];
    };
    answer: undefined;
  };
  /** When the service last walked the way of an alert itself, and at which step it broke. */
  "GET /api/v1/walk": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Walk;
  };
  /** Takes the number away again. What was written stays. */
  "DELETE /api/v1/whatsapp": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Whether the service answers on WhatsApp, and whether a number there belongs to oneself. */
  "GET /api/v1/whatsapp": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      on: boolean;
      /** the service's own */
      number?: string;
      joined: boolean;
      joined_at?: string;
      /** the last two digits of one's own; empty when WhatsApp gives no number */
      ends_in?: string;
    };
  };
  /** A code that makes the WhatsApp number one's own from which it is sent: once, within ten minutes. An earlier one ends. Five in an hour. */
  "POST /api/v1/whatsapp/code": {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: {
      code: string;
      /** what to send */
      text: string;
      ends_at: string;
      /** opens WhatsApp with it */
      link?: string;
    };
  };
}
