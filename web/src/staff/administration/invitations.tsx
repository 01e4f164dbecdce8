import { type FormEvent, useState } from "react";
import { Empty, Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_call_back, use_invitations, use_invite, use_teams } from "./desk";
import { Head } from "./head";
import { use_told } from "./told";

const roles = ["clinician", "lead", "administrator"] as const;
type StaffRole = (typeof roles)[number];

/** Lets someone in by a link that is shown once and ends. */
export function Invitations() {
  const words = use_words();
  const when = use_when();
  const told = use_told();
  const { tell } = use_tell();
  const invitations = use_invitations();
  const teams = use_teams();
  const invite = use_invite();
  const call_back = use_call_back();
  const [role, set_role] = useState<StaffRole>("clinician");
  const [name, set_name] = useState("");
  const [team, set_team] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const [made, set_made] = useState<{ link: string; ends_at: string; name: string } | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") {
      set_problem(words("invitations.name_missing"));
      return;
    }
    set_problem(null);
    invite.mutate(
      { role, display_name: name.trim(), ...(team ? { team } : {}) },
      {
        onSuccess: (answer) => {
          set_made({ ...answer, name: name.trim() });
          set_name("");
        },
        onError: (told_problem) => set_problem(told_problem.no_network ? words("staff.no_answer_detail") : told_problem.detail || words("staff.not_done")),
      },
    );
  };
  const copy = async () => {
    if (!made) return;
    try {
      await navigator.clipboard.writeText(made.link);
      tell(words("invitations.copied"));
    } catch {
      tell(words("invitations.not_copied"));
    }
  };
  return (
    <>
      <Head title={words("admin.invitations")} lead={words("invitations.lead")} />
      <form className="block form-row" onSubmit={submit} noValidate>
        <Field label={words("accounts.name")} value={name} onChange={set_name} problem={problem} />
        <Pick label={words("accounts.role")} value={role} onChange={(chosen) => set_role(chosen as StaffRole)} options={roles.map((id) => ({ id, text: words(`role.${id}`) }))} />
        <Pick label={words("invitations.team")} value={team} onChange={set_team} none={words("accounts.no_team")} options={(teams.data?.items ?? []).map((one) => ({ id: one.id, text: one.name }))} />
        <Button type="submit" look="primary" isDisabled={invite.isPending}>
          {words("invitations.make")}
        </Button>
      </form>
      {made && (
        <div className="block made-link" role="status">
          <p>
            <strong>{words("invitations.made", { name: made.name })}</strong> {words("invitations.once", { at: when.day_and_time(made.ends_at) })}
          </p>
          <div className="link-row">
            <code className="secret">{made.link}</code>
            <Button size="s" onPress={() => void copy()}>
              {words("invitations.copy")}
            </Button>
            <Button size="s" look="quiet" onPress={() => set_made(null)}>
              {words("toast.close")}
            </Button>
          </div>
        </div>
      )}
      {invitations.isPending && <Loading what={words("admin.loading")} />}
      {invitations.isError && !invitations.data && <Failed title={words("admin.failed")} error={invitations.error} retry={() => void invitations.refetch()} />}
      {invitations.data?.items.length === 0 && <Empty title={words("invitations.none")} />}
      {invitations.data && invitations.data.items.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{words("invitations.for")}</th>
              <th scope="col">{words("accounts.role")}</th>
              <th scope="col">{words("invitations.ends")}</th>
              <th scope="col">
                <span className="unseen">{words("invitations.call_back")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invitations.data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.display_name ?? one.email ?? words("invitations.nameless")}</th>
                <td>{words(`role.${one.role}`)}</td>
                <td className="second">{when.day_and_time(one.ends_at)}</td>
                <td>
                  <Button size="s" look="brick" onPress={() => call_back.mutate(one.id, told(words("invitations.called_back")))}>
                    {words("invitations.call_back")}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
