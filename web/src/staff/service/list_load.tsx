import { Failed } from "../../base/states";
import type { ListLoad } from "../nouns";
import { use_list_load } from "../server";
import { use_words } from "../words";
import { Share } from "./share";

/** How much is for soon, whose it was and what became of it; and how often each rule was agreed with. */
export function ListLoadBlocks() {
  const words = use_words();
  const load = use_list_load();
  if (load.isError && !load.data) return <Failed title={words("load.failed")} error={load.error} retry={() => void load.refetch()} />;
  if (!load.data) return null;
  return (
    <>
      <Lists load={load.data} />
      <Rules load={load.data} />
    </>
  );
}

function Lists({ load }: { load: ListLoad }) {
  const words = use_words();
  const by_name = [...load.by_account].sort((a, b) => a.who.name.localeCompare(b.who.name));
  return (
    <section className="block service-wide" aria-labelledby="load">
      <h2 id="load">{words("load.title")}</h2>
      <p className="second">{words(load.own_number ? "load.number_own" : "load.number_shipped", { n: load.people_a_day })}</p>
      <p className={load.beyond_team > 0 ? "heavy" : "second"}>{words("load.beyond", { days: load.days, colleagues: load.to_colleagues, leads: load.beyond_team })}</p>
      <p className="second">{words("load.kept_off", { n: load.kept_off })}</p>
      {load.by_account.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="group" aria-labelledby="load">
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{words("load.whose")}</th>
                <th scope="col">{words("load.had")}</th>
                <th scope="col">{words("load.looked")}</th>
                <th scope="col">{words("load.open")}</th>
                <th scope="col">{words("load.overdue")}</th>
                <th scope="col">{words("load.of_others")}</th>
              </tr>
            </thead>
            <tbody>
              {by_name.map((one) => (
                <tr key={one.who.id}>
                  <th scope="row">{one.who.name || words("looked.somebody")}</th>
                  <td className="number">{one.had}</td>
                  <td className="number">{one.looked}</td>
                  <td className="number">{one.open}</td>
                  <td className={one.overdue > 0 ? "number heavy" : "number"}>{one.overdue}</td>
                  <td className="number">{one.of_others}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="second small">{words("load.not_compared")}</p>
    </section>
  );
}

function Rules({ load }: { load: ListLoad }) {
  const words = use_words();
  return (
    <section className="block service-wide" aria-labelledby="rules">
      <h2 id="rules">{words("load.rules")}</h2>
      <p className="second">{words("load.rules_lead", { days: load.rule_days, n: load.fewest_judged })}</p>
      {load.rules.length === 0 && <p className="second">{words("load.no_rules")}</p>}
      {load.rules.length > 0 && (
        <div className="table-scroll rules-scroll" tabIndex={0} role="group" aria-labelledby="rules">
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{words("load.rule")}</th>
                <th scope="col">{words("load.alerts")}</th>
                <th scope="col">{words("load.same_day")}</th>
                <th scope="col">{words("load.soon")}</th>
                <th scope="col">{words("load.agreed")}</th>
              </tr>
            </thead>
            <tbody>
              {load.rules.map((one) => (
                <tr key={one.rule}>
                  <th scope="row">{one.rule ? <code>{one.rule}</code> : words("load.no_rule")}</th>
                  <td className="number">{one.alerts}</td>
                  <td className="number">{one.same_day}</td>
                  <td className="number">{one.soon}</td>
                  <td>{one.judged === 0 ? words("load.not_judged") : one.low == null ? words("service.few", { k: one.agreed, n: one.judged }) : <Share count={one.agreed} of={one.judged} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
