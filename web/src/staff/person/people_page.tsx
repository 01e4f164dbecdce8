import { useDeferredValue, useState } from "react";
import { Human_mark, Urgency_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import { Jump } from "../parts/button";
import { Field } from "../parts/field";
import { use_age } from "../parts/who";
import { to } from "../route";
import { use_people } from "../server";
import { use_when } from "../when";
import { use_words } from "../words";

/** Everyone of one's teams, by name. */
export function PeoplePage() {
  const words = use_words();
  const when = use_when();
  const age = use_age();
  const [query, set_query] = useState("");
  const people = use_people(useDeferredValue(query.trim()));
  const found = people.data?.items ?? [];
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("shell.people")}</h1>
        <p className="second">{words("people.lead")}</p>
      </div>
      <div className="people-find">
        <Field label={words("people.find")} type="search" value={query} onChange={set_query} autoComplete="off" />
      </div>
      {people.isPending && <Loading what={words("people.loading")} />}
      {people.isError && !people.data && <Failed title={words("people.failed")} error={people.error} retry={() => void people.refetch()} />}
      {people.data && found.length === 0 && (
        <Empty title={words("people.none")}>
          <p>{words("people.none_what")}</p>
        </Empty>
      )}
      {found.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{words("caseload.person")}</th>
              <th scope="col">{words("people.urgency")}</th>
              <th scope="col">{words("caseload.heard")}</th>
              <th scope="col">{words("caseload.who")}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((row) => (
              <tr key={row.person}>
                <th scope="row">
                  <Jump path={to.person(row.person)}>{row.name}</Jump> <span className="second">{age(row.age_band)}</span>
                </th>
                <td>
                  <Urgency_mark urgency={row.urgency} />
                </td>
                <td className="second">{row.heard_at ? when.ago(row.heard_at) : words("caseload.never")}</td>
                <td>
                  <span className="case-who">
                    <Human_mark name={row.who?.name} nobody={!row.who} small />
                    {row.who?.name ?? words("caseload.nobody_yet")}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
