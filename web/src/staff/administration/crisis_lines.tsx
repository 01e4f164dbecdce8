import { Check, Lock, MessageSquare, Phone } from "lucide-react";
import { useState } from "react";
import { Icon } from "../../base/icon";
import { Human_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import { use_service } from "../../base/service";
import type { Account } from "../nouns";
import { Button } from "../parts/button";
import { Choice } from "../parts/choice";
import { Field, Pick } from "../parts/field";
import { use_when } from "../when";
import { type WordId, use_words, type Words } from "../words";
import { type CrisisLine, use_accept_line, use_lines, use_refuse_line } from "./desk";
import { Head } from "./head";
import { use_told } from "./told";

type How = "called" | "page_read";

const number_of = (line: CrisisLine, words: Words): string => line.phone ?? (line.sms ? words(line.sms.keyword ? "lines.text_keyword" : "lines.text_to", { keyword: line.sms.keyword ?? "", number: line.sms.number }) : (line.chat_url ?? ""));
const is_fixed = (line: CrisisLine): boolean => line.audience === "emergency" || line.id.includes("emergency");

/** The country of the browser's own language, "en-IE": the likeliest one to begin with. */
const own_country = (): string | undefined => new Intl.Locale(navigator.language).region;

/** One by one, in the administrator's name. There is no way to accept all at once. */
export function CrisisLines({ me }: { me: Account }) {
  const words = use_words();
  const service = use_service();
  const countries = service.data?.countries ?? [];
  const [country, set_country] = useState<string | null>(null);
  const here = country ?? (countries.find((one) => one.code === own_country()) ?? countries[0])?.code ?? "IE";
  const lines = use_lines(here);
  const [picked, set_picked] = useState<string | null>(null);
  const items = lines.data?.items ?? [];
  const chosen = items.find((line) => line.id === picked) ?? items.find((line) => !is_fixed(line) && !line.accepted) ?? null;
  const asked = items.filter((line) => !is_fixed(line));
  const accepted = asked.filter((line) => line.accepted).length;
  return (
    <div className="lines">
      <div className="lines-main">
        <Head title={words("lines.title")} lead={words("lines.lead")}>
          <div className="lines-top">
            <Pick label={words("lines.country")} value={here} onChange={(next) => set_country(next)} options={countries.length > 0 ? countries.map((one) => ({ id: one.code, text: one.name })) : [{ id: here, text: here }]} />
            <p>{words.with("lines.accepted_count", { b: (chunks) => <strong key="b">{chunks}</strong>, n: accepted, of: asked.length })}</p>
          </div>
        </Head>
        {lines.isPending && <Loading what={words("admin.loading")} />}
        {lines.isError && !lines.data && <Failed title={words("admin.failed")} error={lines.error} retry={() => void lines.refetch()} />}
        {lines.data && items.length === 0 && <Empty title={words("lines.none")} />}
        {items.length > 0 && (
          <table className="lines-table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="unseen">{words("lines.status")}</span>
                </th>
                <th scope="col">{words("lines.line")}</th>
                <th scope="col">{words("lines.hours")}</th>
                <th scope="col">{words("lines.source")}</th>
                <th scope="col">
                  <span className="unseen">{words("lines.decision")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <LineRow key={line.id} line={line} me={me} chosen={line === chosen} choose={() => set_picked(line.id)} />
              ))}
            </tbody>
          </table>
        )}
        <p className="second small lines-foot">{words("lines.hidden")}</p>
      </div>
      {chosen && <Preview key={chosen.id} line={chosen} me={me} />}
    </div>
  );
}

function LineRow({ line, me, chosen, choose }: { line: CrisisLine; me: Account; chosen: boolean; choose(): void }) {
  const words = use_words();
  const when = use_when();
  const told = use_told();
  const refuse = use_refuse_line();
  const fixed = is_fixed(line);
  const sources = line.sources?.length ?? 0;
  return (
    <tr className={chosen ? "chosen-line" : undefined} aria-current={chosen || undefined}>
      <td className="line-mark">{fixed ? <Icon of={Lock} size={18} stroke={1.75} /> : line.accepted ? <Icon of={Check} size={18} stroke={2} /> : <span className="line-asked">{sources === 1 ? "1" : "?"}</span>}</td>
      <th scope="row">
        <span className="line-name">{line.name}</span>
        <bdi className="line-number">{number_of(line, words)}</bdi>
      </th>
      <td>
        {[line.hours ?? words("lines.hours_unknown"), line.languages.map(language_of).join(", "), line.audience && line.audience !== "all" ? audience_of(line.audience, words) : words("lines.everyone")].map((part) => `${part}.`.replace("..", ".")).join(" ")}
      </td>
      <td className="second">
        {words(sources === 1 ? "lines.one_source" : "lines.sources", { n: sources, date: line.source_date ? when.date(line.source_date) : words("lines.undated") })} {line.conflict && <strong>{line.conflict}</strong>}{line.check_again && <strong> {words(line.accepted ? "lines.check_again" : "lines.old")}</strong>}
      </td>
      <td className="line-decision">
        {fixed ? (
          <span className="second">{words("lines.always")}</span>
        ) : line.accepted ? (
          <span className="line-accepted">
            <Human_mark name={line.accepted.by} small />
            <span>
              {line.accepted.by === me.display_name ? words("lines.by_you") : words("lines.by", { name: line.accepted.by })}
              <br />
              <span className="second">{when.date(line.accepted.at)}</span>
            </span>
            <Button size="s" look="quiet" onPress={() => refuse.mutate(line.id, told(words("lines.closed", { name: line.name })))} aria-label={words("lines.close_name", { name: line.name })}>
              {words("lines.close")}
            </Button>
          </span>
        ) : (
          <Button size="s" look={chosen ? "primary" : "secondary"} onPress={choose} aria-label={words("lines.check_name", { name: line.name })}>
            {words("lines.check")}
          </Button>
        )}
      </td>
    </tr>
  );
}

const language_of = (code: string): string => {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
};
const audiences = ["under_18", "eating", "domestic_violence", "lgbtq", "veterans", "poison", "bereavement"];
const audience_of = (audience: string, words: Words): string => (audiences.includes(audience) ? words(`audience.${audience}` as WordId) : audience.replace(/_/g, " "));

/** How a person will see the line, and how it was checked. */
function Preview({ line, me }: { line: CrisisLine; me: Account }) {
  const words = use_words();
  const told = use_told();
  const accept = use_accept_line();
  const [how, set_how] = useState<How | null>(null);
  const [checked_on, set_checked_on] = useState("");
  const [problem, set_problem] = useState<string | null>(null);
  const texted = !line.phone && Boolean(line.sms);
  const submit = () => {
    if (!how) {
      set_problem(words("lines.how_missing"));
      return;
    }
    if (!checked_on) {
      set_problem(words("lines.date_missing"));
      return;
    }
    set_problem(null);
    accept.mutate({ id: line.id, how, checked_on }, told(words("lines.now_shown", { name: line.name })));
  };
  return (
    <aside className="line-preview" aria-label={words("lines.preview", { name: line.name })}>
      <h2>{line.name}</h2>
      <p className="second">{words(line.accepted ? "lines.seen_as" : "lines.would_be_seen")}</p>
      <div className="line-card">
        <span>
          <strong>
            <bdi>{number_of(line, words)}</bdi>
          </strong>
          <span className="second">{line.note ?? line.hours ?? ""}</span>
        </span>
        <span className="push push-lamp">
          <Icon of={texted ? MessageSquare : Phone} size={18} stroke={1.75} />
          {words(texted ? "lines.text" : "lines.call")}
        </span>
      </div>
      {line.sources && line.sources.length > 0 && (
        <section>
          <h3>{words("lines.source")}</h3>
          <ul className="small">
            {line.sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </section>
      )}
      {!line.accepted && !is_fixed(line) && (
        <>
          <section>
            <h3 id="how">{words("lines.how")}</h3>
            <Choice
              look="stacked"
              label={words("lines.how")}
              value={how}
              onChange={set_how}
              options={[
                { id: "called", text: words(texted ? "lines.how_texted" : "lines.how_called") },
                { id: "page_read", text: words("lines.how_read") },
              ]}
            />
          </section>
          <Field label={words("lines.checked_on")} type="date" value={checked_on} onChange={set_checked_on} max={new Date().toISOString().slice(0, 10)} />
          {problem && (
            <p className="form-problem" role="alert">
              {problem}
            </p>
          )}
          <p className="second small">{words("lines.in_name", { name: me.display_name })}</p>
          <Button look="primary" size="l" onPress={submit} isDisabled={accept.isPending}>
            {words("lines.accept")}
          </Button>
        </>
      )}
    </aside>
  );
}
