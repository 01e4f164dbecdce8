import { useMemo } from "react";
import { Collection, GridList, GridListHeader, GridListItem, GridListSection, ListLayout, Virtualizer } from "react-aria-components";
import { Human_mark, Urgency_mark } from "../../base/marks";
import type { Account, Row, Urgency } from "../nouns";
import { first_name } from "../parts/first_name";
import { Spark, gaps_of } from "../parts/spark";
import { use_age } from "../parts/who";
import { UrgencyBar } from "../parts/urgency_bar";
import { use_now, use_when, type When } from "../when";
import { use_words, type Words } from "../words";

interface Group {
  urgency: Urgency;
  people: Row[];
}

type Item = Row & { id: string; at: number };
interface ItemGroup {
  urgency: Urgency;
  people: Item[];
}

interface Props {
  me: Account;
  groups: Group[];
  chosen: string | null;
  choose(person: string): void;
  open(row: Row): void;
  fold(urgency: Urgency): void;
}

/** One grid for all groups. Only the rows in view exist, so 2,000 people scroll as easily as 20. */
export function PersonList({ me, groups, chosen, choose, open, fold }: Props) {
  const words = use_words();
  const when = use_when();
  const now = use_now();
  // The grid keeps what it made of an item for as long as the item is the same one: without this, each step with J or K made
  // 2,000 rows anew.
  const items = useMemo(() => groups.map((group) => ({ ...group, people: group.people.map((row) => ({ ...row, id: row.person, at: now })) })), [groups, now]);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowSize: 52, estimatedHeadingSize: 38 }}>
      <GridList
        className="case-grid"
        aria-label={words("caseload.title")}
        items={items}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        disallowTypeAhead
        selectedKeys={chosen ? [chosen] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          if (typeof key === "string") choose(key);
        }}
        onAction={(key) => {
          const row = groups.flatMap((group) => group.people).find((one) => one.person === key);
          if (row) open(row);
        }}
      >
        {(group: ItemGroup) => (
          <GridListSection id={`group-${group.urgency}`} aria-label={words(`urgency.${group.urgency}`)}>
            <GridListHeader className="case-head">
              <Urgency_mark urgency={group.urgency} />
              <span className="second">{words(group.urgency === "unknown" ? "caseload.people_unknown" : "caseload.people", { n: group.people.length })}</span>
              {group.urgency !== "now" && (
                <button type="button" className="fold-group" onClick={() => fold(group.urgency)} aria-label={words("caseload.hide_group", { group: words(`urgency.${group.urgency}`) })}>
                  {words("caseload.hide")}
                </button>
              )}
            </GridListHeader>
            <Collection items={group.people}>
              {(row: Item) => (
                <GridListItem id={row.id} textValue={said(row, me, words, when)} className="case-row">
                  <RowWords row={row} me={me} />
                </GridListItem>
              )}
            </Collection>
          </GridListSection>
        )}
      </GridList>
    </Virtualizer>
  );
}

/** The row for a reader: urgency, name, reason, who. */
function said(row: Row, me: Account, words: Words, when: When): string {
  return [words(`urgency.${row.urgency}`), row.name, row.new ? words("caseload.new") : "", row.reason, row.changed.length > 0 ? `${words("caseload.since_looked")} ${row.changed.join(". ")}` : "", row.heard_at ? words("caseload.heard_said", { at: when.ago(row.heard_at) }) : words("caseload.never"), who_words(row, me, words)]
    .filter((part) => part !== "")
    .join(". ");
}

function who_words(row: Row, me: Account, words: Words): string {
  if (!row.who) return words("caseload.nobody_yet");
  const you = row.who.id === me.id;
  const name = you ? words("caseload.you") : first_name(row.who.name, words);
  if (!row.who.doing) return you ? name : row.who.name;
  return you ? `${name}, ${row.who.doing}` : `${name} ${row.who.doing}`;
}

function RowWords({ row, me }: { row: Row; me: Account }) {
  const words = use_words();
  const when = use_when();
  const age = use_age();
  const gaps = gaps_of(row.spark);
  const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from + 1, 0);
  return (
    <>
      <UrgencyBar urgency={row.urgency} />
      <span className="case-person">
        <strong>{row.name}</strong>
        <span>{age(row.age_band)}</span>
      </span>
      <span className="case-why" dir="auto">
        {row.new && <span className="new-tag">{words("caseload.new")}</span>}
        <span className="their-words">{row.reason}</span>
        {row.changed.length > 0 && (
          <span className="case-changed their-words">
            <span className="unseen">{words("caseload.since_looked")} </span>
            {row.changed.join(". ")}.
          </span>
        )}
      </span>
      <span className="case-spark">{row.spark.length > 0 ? <Spark points={row.spark} label={words("caseload.spark", { days: 28 - missing })} /> : <span className="faint">{words("caseload.no_answers")}</span>}</span>
      <span className="case-heard">{row.heard_at ? when.ago(row.heard_at) : words("caseload.never")}</span>
      <span className="case-who">
        <Human_mark name={row.who?.id === me.id ? me.display_name : row.who?.name} nobody={!row.who} small />
        <span className={row.who || row.urgency !== "now" ? undefined : "heavy"}>{who_words(row, me, words)}</span>
      </span>
    </>
  );
}
