import { useState } from "react";
import { Human_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import { use_told } from "../administration/told";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_when } from "../when";
import { use_words } from "../words";
import { names, use_rota_clock } from "./clock";
import { type OnCallTeam, use_leave_note, use_on_call, use_take_back_note } from "./desk";
import { ReachBlock } from "./reach";

/** What a clinician sees of the rota: who is on call for their teams, who comes next, and what was handed over. */
export function OnCallPage() {
  const words = use_words();
  const on_call = use_on_call();
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("rota.title")}</h1>
        <p className="second">{words("rota.lead")}</p>
      </div>
      {on_call.isPending && <Loading what={words("rota.loading")} />}
      {on_call.isError && !on_call.data && <Failed title={words("rota.failed")} error={on_call.error} retry={() => void on_call.refetch()} />}
      {on_call.data?.items.length === 0 && <Empty title={words("on_call.no_team")} />}
      {on_call.data?.items.map((one) => (
        <section key={one.team.id} className="block on-call" aria-labelledby={`on-call-${one.team.id}`}>
          <h2 id={`on-call-${one.team.id}`}>{words("rota.now", { team: one.team.name })}</h2>
          <Turns one={one} zone={on_call.data.time_zone} />
          <HandedOver one={one} />
        </section>
      ))}
      <ReachBlock />
    </div>
  );
}

/** The same words for whoever sets the rota, for the team that is chosen there. */
export function HandOverBlock({ team }: { team: string }) {
  const words = use_words();
  const on_call = use_on_call();
  const one = on_call.data?.items.find((each) => each.team.id === team);
  if (on_call.isError && !on_call.data) return <Failed title={words("on_call.failed")} error={on_call.error} retry={() => void on_call.refetch()} />;
  return (
    one && (
      <section className="block on-call" aria-labelledby="handed-over">
        <HandedOver one={one} titled />
      </section>
    )
  );
}

/** Lit where somebody is, a dashed ring where nobody is. */
function Turns({ one, zone }: { one: OnCallTeam; zone: string }) {
  const words = use_words();
  const clock = use_rota_clock(zone);
  const nobody = words(one.set ? "rota.nobody_now" : "rota.not_set");
  return (
    <ol className="turns">
      <li>
        <Marks who={one.now} />
        <span>
          {one.now.length > 0 ? <strong>{names(one.now)}</strong> : nobody} {one.until && <span className="second">{words("on_call.until", { day: clock.day(one.until), clock: clock.time(one.until) })}</span>}
        </span>
      </li>
      {one.next && (
        <li>
          <Marks who={one.next} />
          <span>
            <span className="second">{words("on_call.then")}</span> {one.next.length > 0 ? names(one.next) : words("rota.nobody")}
          </span>
        </li>
      )}
    </ol>
  );
}

const Marks = ({ who }: { who: OnCallTeam["now"] }) => <span className="turn-marks">{who.length > 0 ? who.map((each) => <Human_mark key={each.id} name={each.name} />) : <Human_mark nobody />}</span>;

function HandedOver({ one, titled }: { one: OnCallTeam; titled?: boolean }) {
  const words = use_words();
  const when = use_when();
  const told = use_told();
  const leave = use_leave_note();
  const take_back = use_take_back_note();
  const [text, set_text] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const submit = () => {
    set_problem(text.trim() === "" ? words("on_call.empty") : null);
    if (text.trim() !== "") leave.mutate({ team: one.team.id, text: text.trim() }, { ...told(words("on_call.left"), () => set_text("")), onError: (error) => set_problem(error.no_network ? words("staff.no_answer_detail") : error.detail || words("staff.not_done")) });
  };
  const Title = titled ? "h2" : "h3";
  return (
    <>
      <Title id={titled ? "handed-over" : undefined}>{words("on_call.handed_over")}</Title>
      {one.notes.length === 0 && <p className="second">{words("on_call.nothing")}</p>}
      <ul className="handed-over">
        {one.notes.map((note) => (
          <li key={note.id}>
            <Human_mark name={note.by || undefined} nobody={!note.by} />
            <div>
              <p>
                <strong>{note.by || words("review.someone")}</strong> <span className="second small">{words("on_call.at", { at: when.day_and_time(note.at), until: when.day_and_time(note.until) })}</span>
              </p>
              <p className="their-words handed-words" dir="auto">
                {note.text}
              </p>
            </div>
            {note.may_take_back && (
              <Button size="s" look="quiet" isDisabled={take_back.isPending} onPress={() => take_back.mutate(note.id, told(words("on_call.taken_back")))}>
                {words("on_call.take_back")} <span className="unseen">{when.day_and_time(note.at)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form
        className="hand-over-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label={words("on_call.words")} hint={words("on_call.hint")} lines={2} value={text} onChange={set_text} problem={problem} />
        <Button type="submit" look="primary" isDisabled={leave.isPending}>
          {words("on_call.leave")}
        </Button>
      </form>
    </>
  );
}
