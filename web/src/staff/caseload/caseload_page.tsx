import { useEffect, useMemo, useRef, useState } from "react";
import { Urgency_mark } from "../../base/marks";
import { Failed, Loading } from "../../base/states";
import { KeyCap, use_keys } from "../keys/keys";
import type { Account, Row, Urgency } from "../nouns";
import { Button } from "../parts/button";
import { Lone } from "../parts/lone";
import { Choice } from "../parts/choice";
import { use_tell } from "../parts/toast";
import { go, to } from "../route";
import { use_acknowledge, use_caseload } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";
import { Chosen } from "./chosen";
import { type Group, groups_of, rows_of, settle } from "./order";
import { PersonList } from "./person_list";
import { use_take_over } from "./take_over";

interface Props {
  me: Account;
  hidden: boolean;
  hide(): void;
}

/** Who needs me first, and why. */
export function CaseloadPage({ me, hidden, hide }: Props) {
  const words = use_words();
  const when = use_when();
  const { tell, announce } = use_tell();
  const [scope, set_scope] = useState<"mine" | "team">("team");
  const [folded, set_folded] = useState<ReadonlySet<Urgency>>(new Set<Urgency>(["usual"]));
  const [picked, set_picked] = useState<string | null>(null);
  const [find, set_find] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const finder = useRef<HTMLInputElement>(null);
  const caseload = use_caseload(scope);
  const acknowledge = use_acknowledge();
  const take_over = use_take_over();

  const incoming = useMemo(() => caseload.data && rows_of(caseload.data), [caseload.data]);
  const { rows, waiting, settled, show } = use_shown(incoming, scope);
  const wanted = find.trim().toLocaleLowerCase("en");
  const groups = useMemo(() => groups_of(rows, wanted), [rows, wanted]);
  // Whoever looks for a name finds it in every group, folded or not.
  const [open_groups, closed_groups] = useMemo(() => {
    const is_open = (group: Group) => group.urgency === "now" || wanted !== "" || !folded.has(group.urgency);
    return [groups.filter(is_open), groups.filter((group) => !is_open(group))] as const;
  }, [groups, folded, wanted]);
  const visible = useMemo(() => open_groups.flatMap((group) => group.people), [open_groups]);
  const chosen = visible.find((row) => row.person === picked) ?? visible[0] ?? null;

  const toggle = (urgency: Urgency) =>
    set_folded((before) => {
      const next = new Set(before);
      if (!next.delete(urgency)) next.add(urgency);
      return next;
    });

  const open = (row: Row | null) => row && go(row.alert ? to.alert(row.alert) : to.person(row.person));
  const can_acknowledge = Boolean(chosen?.alert) && !chosen?.acknowledged && !acknowledge.isPending;
  const acknowledge_chosen = () => {
    if (!chosen?.alert || !can_acknowledge) return;
    const { name } = chosen;
    acknowledge.mutate(chosen.alert, {
      onSuccess: () => {
        show();
        tell(words("caseload.acknowledged", { name }));
      },
      onError: (problem) => tell(problem.no_network ? words("staff.no_answer_detail") : problem.detail || words("staff.not_done")),
    });
  };
  const step = (by: 1 | -1) => {
    const inside = list.current?.contains(document.activeElement);
    if (inside) {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: by === 1 ? "ArrowDown" : "ArrowUp", bubbles: true, cancelable: true }));
      return;
    }
    const at = visible.findIndex((row) => row.person === chosen?.person);
    const next = visible[Math.min(visible.length - 1, Math.max(0, at + by))];
    if (!next) return;
    set_picked(next.person);
    announce(`${words(`urgency.${next.urgency}`)}. ${next.name}. ${next.reason}`);
    window.requestAnimationFrame(() => list.current?.querySelector(`[data-key="${CSS.escape(next.person)}"]`)?.scrollIntoView({ block: "nearest" }));
  };
  const look_for = () => finder.current?.focus();
  use_keys({ "/": look_for, j: () => step(1), k: () => step(-1), enter: () => open(chosen), a: can_acknowledge ? acknowledge_chosen : undefined, t: chosen ? () => take_over.start(chosen) : undefined });

  if (caseload.isPending) return <Lone title={words("caseload.title")}><Loading what={words("caseload.loading")} /></Lone>;
  if (!caseload.data) return <Lone title={words("caseload.title")}><Failed title={words("caseload.failed")} error={caseload.error} retry={() => void caseload.refetch()} /></Lone>;

  const { team } = caseload.data;
  const stale = caseload.isError || caseload.failureCount > 0;
  return (
    <div className="caseload">
      <section className={stale ? "caseload-list-side stale" : "caseload-list-side"} aria-labelledby="caseload-title">
        <div className="page-head">
          <h1 id="caseload-title">{words("caseload.title")}</h1>
          {team && <p className="second">{words("caseload.team", { team: team.name, n: team.people })}</p>}
          <span className="head-space" />
          <label className="case-find">
            <span className="unseen">{words("caseload.find")}</span>
            <input ref={finder} type="search" value={find} onChange={(event) => set_find(event.target.value)} placeholder={words("caseload.find")} onKeyDown={(event) => event.key === "Enter" && open(chosen)} />
            <KeyCap>/</KeyCap>
          </label>
          <Choice
            label={words("caseload.scope")}
            value={scope}
            onChange={set_scope}
            options={[
              { id: "mine", text: words("caseload.mine") },
              { id: "team", text: words("caseload.whole_team") },
            ]}
          />
          <Button size="s" look="edge" onPress={hide} hint="H" aria-pressed={hidden}>
            {hidden ? words("caseload.show_words") : words("caseload.hide_words")}
          </Button>
        </div>
        {stale && (
          <p className="stale-note" role="status">
            {words("caseload.stale", { clock: when.time(new Date(caseload.dataUpdatedAt)) })}
          </p>
        )}
        {waiting + settled > 0 && (
          <div className="waiting-bar" role="status">
            <Button size="s" look={waiting > 0 ? "primary" : "secondary"} onPress={show}>
              {waiting > 0 ? words("caseload.new_show", { n: waiting }) : words("caseload.changed_show", { n: settled })}
            </Button>
          </div>
        )}
        {visible.length > 0 && (
          <div className="case-columns" aria-hidden="true">
            <span />
            <span>{words("caseload.person")}</span>
            <span>{words("caseload.why")}</span>
            <span>{words("caseload.mood")}</span>
            <span>{words("caseload.heard")}</span>
            <span>{words("caseload.who")}</span>
          </div>
        )}
        {visible.length === 0 && (wanted === "" ? <NobodyNow /> : <p className="state empty second">{words("caseload.found_nobody")}</p>)}
        <div ref={list} className="case-grid-place">
          {visible.length > 0 && <PersonList me={me} groups={open_groups} chosen={chosen?.person ?? null} choose={set_picked} open={open} fold={toggle} />}
        </div>
        {closed_groups.map((group) => (
          <FoldedGroup key={group.urgency} urgency={group.urgency} people={group.people} show={() => toggle(group.urgency)} />
        ))}
      </section>
      <Chosen key={chosen?.person ?? "nobody"} row={chosen} me={me} acknowledge={can_acknowledge ? acknowledge_chosen : null} acknowledging={acknowledge.isPending} take_over={take_over} open={() => open(chosen)} />
    </div>
  );
}

/** Keeps what is on the page while it changes underneath. */
function use_shown(incoming: Row[] | undefined, scope: string) {
  const [base, set_base] = useState<{ scope: string; rows: Row[] } | null>(null);
  const [adopt, set_adopt] = useState(0);
  const adopted = useRef(0);
  const result = useMemo(() => {
    if (!incoming) return { rows: [], waiting: 0, settled: 0 };
    if (!base || base.scope !== scope || adopted.current !== adopt) return settle(null, incoming);
    return settle(base.rows, incoming);
  }, [incoming, base, scope, adopt]);
  useEffect(() => {
    if (!incoming) return;
    adopted.current = adopt;
    set_base({ scope, rows: result.rows });
    // The result is made from these; writing it back must not run again by itself.
  }, [incoming, scope, adopt]);
  return { ...result, show: () => set_adopt((n) => n + 1) };
}

function NobodyNow() {
  const words = use_words();
  return (
    <div className="state empty">
      <p className="title">{words("caseload.nobody")}</p>
    </div>
  );
}

function FoldedGroup({ urgency, people, show }: { urgency: Urgency; people: readonly Row[]; show(): void }) {
  const words = use_words();
  const fresh = people.filter((row) => row.new || row.changed.length > 0).length;
  return (
    <div className="folded-group">
      <GroupWords urgency={urgency} n={people.length} fresh={fresh} />
      <Button size="s" look="quiet" onPress={show}>
        {words("caseload.show")}
      </Button>
    </div>
  );
}

function GroupWords({ urgency, n, fresh }: { urgency: Urgency; n: number; fresh: number }) {
  const words = use_words();
  return (
    <>
      <Urgency_mark urgency={urgency} />
      <span className="second">{words(fresh > 0 ? "caseload.folded_new" : "caseload.people", { n, fresh })}</span>
    </>
  );
}
