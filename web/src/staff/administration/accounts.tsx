import { Failed, Loading } from "../../base/states";
import { Human_mark } from "../../base/marks";
import type { Account } from "../nouns";
import { Button } from "../parts/button";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_accounts, use_change_account } from "./desk";
import { Head } from "./head";
import { Reach } from "./reach";
import { use_told } from "./told";

const roles = ["clinician", "lead", "administrator"] as const;
type StaffRole = (typeof roles)[number];

/** Who may come in, as what. */
export function Accounts({ me }: { me: Account }) {
  const words = use_words();
  const when = use_when();
  const told = use_told();
  const accounts = use_accounts();
  const change = use_change_account();
  const staff = (accounts.data?.items ?? []).filter((account) => account.role !== "person" && account.role !== "supporter");
  return (
    <>
      <Head title={words("admin.accounts")} lead={words("accounts.lead")} />
      {accounts.isPending && <Loading what={words("admin.loading")} />}
      {accounts.isError && !accounts.data && <Failed title={words("admin.failed")} error={accounts.error} retry={() => void accounts.refetch()} />}
      {staff.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{words("accounts.name")}</th>
              <th scope="col">{words("accounts.role")}</th>
              <th scope="col">{words("accounts.teams")}</th>
              <th scope="col">{words("accounts.reach")}</th>
              <th scope="col">{words("accounts.second_factor")}</th>
              <th scope="col">{words("accounts.seen")}</th>
              <th scope="col">{words("accounts.state")}</th>
            </tr>
          </thead>
          <tbody>
            {staff.map((account) => (
              <tr key={account.id}>
                <th scope="row">
                  <span className="case-who">
                    <Human_mark name={account.display_name} small />
                    <span>
                      {account.display_name} <span className="faint">{account.login}</span>
                    </span>
                  </span>
                </th>
                <td>
                  {account.id === me.id || !roles.some((role) => role === account.role) ? (
                    words(`role.${account.role}`)
                  ) : (
                    <select className="input small-select" aria-label={words("accounts.role_of", { name: account.display_name })} value={account.role} onChange={(event) => change.mutate({ id: account.id, role: event.target.value as StaffRole }, told(words("accounts.changed", { name: account.display_name })))}>
                      {roles.map((role) => (
                        <option key={role} value={role}>
                          {words(`role.${role}`)}
                        </option>
                      ))}
                    </select>
                  )}
                </td>
                <td>{account.teams.map((team) => team.name).join(", ") || <strong>{words("accounts.no_team")}</strong>}</td>
                <td>
                  <Reach account={account} />
                </td>
                <td>{account.second_factor ? words("accounts.yes") : <strong>{words("accounts.not_yet")}</strong>}</td>
                <td className="second">{account.last_seen_at ? when.ago(account.last_seen_at) : words("card.not_yet")}</td>
                <td>
                  {account.id === me.id ? (
                    <span className="second">{words("accounts.you")}</span>
                  ) : account.state === "active" ? (
                    <Button size="s" look="brick" onPress={() => change.mutate({ id: account.id, state: "suspended" }, told(words("accounts.suspended", { name: account.display_name })))} aria-label={words("accounts.suspend_name", { name: account.display_name })}>
                      {words("accounts.suspend")}
                    </Button>
                  ) : (
                    <Button size="s" onPress={() => change.mutate({ id: account.id, state: "active" }, told(words("accounts.changed", { name: account.display_name })))} aria-label={words("accounts.let_in_name", { name: account.display_name })}>
                      {words("accounts.let_in")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
