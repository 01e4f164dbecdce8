import { useState } from "react";
import { Empty, Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_words } from "../words";
import { type StaffAccount, type Team, use_accounts, use_change_team, use_new_team, use_teams } from "./desk";
import { Head } from "./head";
import { use_told } from "./told";

/** A clinician opens only the people of their teams. */
export function Teams() {
  const words = use_words();
  const told = use_told();
  const teams = use_teams();
  const accounts = use_accounts();
  const make = use_new_team();
  const [name, set_name] = useState("");
  const staff = (accounts.data?.items ?? []).filter((account) => account.role === "clinician" || account.role === "lead");
  return (
    <>
      <Head title={words("admin.teams")} lead={words("teams.lead")} />
      <form
        className="block form-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) make.mutate({ name: name.trim() }, told(words("teams.made"), () => set_name("")));
        }}
      >
        <Field label={words("teams.name")} value={name} onChange={set_name} />
        <Button type="submit" look="primary" isDisabled={name.trim() === "" || make.isPending}>
          {words("teams.make")}
        </Button>
      </form>
      {teams.isPending && <Loading what={words("admin.loading")} />}
      {teams.isError && !teams.data && <Failed title={words("admin.failed")} error={teams.error} retry={() => void teams.refetch()} />}
      {teams.data?.items.length === 0 && <Empty title={words("teams.none")} />}
      <ul className="cards">
        {teams.data?.items.map((team) => (
          <TeamCard key={team.id} team={team} staff={staff} />
        ))}
      </ul>
    </>
  );
}

function TeamCard({ team, staff }: { team: Team; staff: readonly StaffAccount[] }) {
  const words = use_words();
  const told = use_told();
  const change = use_change_team();
  const members = team.members ?? staff.filter((account) => account.teams.some((one) => one.id === team.id)).map((account) => account.id);
  const toggle = (id: string) => {
    const next = members.includes(id) ? members.filter((one) => one !== id) : [...members, id];
    change.mutate({ id: team.id, members: next }, told(words("teams.changed", { team: team.name })));
  };
  return (
    <li className="block">
      <fieldset>
        <legend>
          <h2>{team.name}</h2>
        </legend>
        <div className="ticks">
          {staff.map((account) => (
            <label key={account.id} className="tick">
              <input type="checkbox" checked={members.includes(account.id)} onChange={() => toggle(account.id)} />
              <span>
                {account.display_name} <span className="faint">{words(`role.${account.role}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}
