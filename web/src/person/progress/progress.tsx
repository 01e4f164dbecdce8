import { useState, type ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useIntl } from "react-intl";
import { Minus, Moon, Sparkles, TrendingDown, TrendingUp, type LucideIcon } from "lucide-react";
import type { Progress as Shown } from "../../api/generated";
import { Link_button } from "../../base/button";
import { get } from "../../base/client";
import { Icon } from "../../base/icon";
import { served_or } from "../../base/served";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text, use_when } from "../../base/text";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { Said } from "../spoken";
import { Chart, stops_of, word_for } from "./chart";
import { Counted } from "./counted";
import "./progress.css";

const days = 28;

export default function Progress() {
  const t = use_text();
  const progress = useQuery({ queryKey: ["progress", days], queryFn: ({ signal }) => get("/progress", { query: { days, offset: -new Date().getTimezoneOffset() }, signal }) });
  const [as_list, set_as_list] = useState(false);
  const shown = progress.data;

  return (
    <Shell title={t("tab.progress")} wide>
      {progress.isPending && <div className="pad"><Loading what={t("progress.loading")} /></div>}
      {progress.isError && !shown && <div className="pad"><Failed title={t("progress.failed")} safe={t("progress.failed_safe")} error={progress.error} retry={() => void progress.refetch()} /></div>}
      {shown?.empty && (
        <div className="pad">
          <Empty title={t("progress.empty")}>
            <p>{t("progress.empty_why")}</p>
            <Link_button kind="primary" href={href("/check-in")}>{t("tab.check_in")}</Link_button>
          </Empty>
        </div>
      )}
      {shown && !shown.empty && (
        <>
          <div className="sentence">
            <h2 className="voice"><Said text={shown.sentence} /></h2>
            {shown.how_sure && <p className="second"><Said text={shown.how_sure} /></p>}
          </div>
          <section className="picture" aria-labelledby="days">
            <div className="row apart">
              <h3 id="days">{t("progress.days")}</h3>
              <button type="button" className="link" aria-pressed={as_list} onClick={() => set_as_list(!as_list)}>{t(as_list ? "progress.as_picture" : "progress.as_list")}</button>
            </div>
            {as_list ? <Table shown={shown} /> : (
              <>
                <Chart series={shown.series} days={days} name={served_or(shown.sentence, t("progress.days"))} />
                <Key shown={shown} />
              </>
            )}
          </section>
          <Findings shown={shown} />
        </>
      )}
      {shown && <Counted days={days} />}
    </Shell>
  );
}

function Key({ shown }: { shown: Shown }) {
  const t = use_text();
  return (
    <ul className="key">
      <li><svg width="14" height="14" aria-hidden="true"><circle className="dot" cx="7" cy="7" r="4" /></svg>{t("progress.key_answer")}</li>
      {shown.series.average.length > 0 && <li><svg width="20" height="12" aria-hidden="true"><path className="average" d="M0 6h20" /></svg>{t("progress.key_average")}</li>}
      {shown.series.usual && <li><svg width="18" height="12" aria-hidden="true"><rect className="usual" width="18" height="12" /></svg>{t("progress.key_usual")}</li>}
      {shown.series.gaps.length > 0 && <li><svg width="18" height="12" aria-hidden="true"><path className="hatch" d="M0 12 12 0M6 12 18 0M-3 6 3 0M14 13 20 7" /></svg>{t("progress.key_gap")}</li>}
    </ul>
  );
}

/** The same as the picture, in the same order, with the gaps as rows. */
function Table({ shown }: { shown: Shown }) {
  const t = use_text();
  const intl = useIntl();
  const when = use_when();
  return (
    <div className="list-of-days" tabIndex={0} role="group" aria-label={t("progress.as_list")}>
      <table>
        <thead><tr><th scope="col">{t("progress.day")}</th><th scope="col">{t("progress.answer")}</th></tr></thead>
        <tbody>
          {stops_of(shown.series).map((stop) => (
            <tr key={`${stop.kind}${stop.at}`} className={stop.kind}>
              <th scope="row">{stop.kind === "gap" ? t("progress.from_to", { from: when.short_day(stop.at), to: when.short_day(stop.until ?? stop.at) }) : intl.formatDate(new Date(stop.at), { weekday: "short", day: "numeric", month: "short" })}</th>
              <td>{stop.kind === "gap" ? t("progress.key_gap") : word_for(shown.series, stop.value ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Findings({ shown }: { shown: Shown }) {
  const t = use_text();
  return (
    <section className="findings" aria-label={t("progress.what_helps")}>
      {shown.helps.map((one) => <Finding key={one.text} icon={/sleep/i.test(one.text) ? Moon : Sparkles} title={<Said text={one.text} />} text={<Said text={one.how_sure} />} />)}
      {shown.helps.length === 0 && <Finding icon={Minus} title={t("progress.no_link")} />}
      {shown.totals.map((total) => {
        const first = total.points[0];
        const last = total.points[total.points.length - 1];
        if (!first || !last) return null;
        const icon: LucideIcon = last.total < first.total ? TrendingDown : last.total > first.total ? TrendingUp : Minus;
        const title = first === last ? t("progress.total_one", { title: served_or(total.title, total.title), total: last.total }) : t("progress.total_change", { title: served_or(total.title, total.title), from: first.total, to: last.total });
        const range = t(total.better === "down" ? "progress.lower_better" : "progress.higher_better", { low: total.range[0], high: total.range[1] });
        return <Finding key={total.instrument} icon={icon} title={title} text={<>{range} {first !== last && <Said text={total.change} />}</>} />;
      })}
    </section>
  );
}

function Finding({ icon, title, text }: { icon: LucideIcon; title: ReactNode; text?: ReactNode }) {
  return (
    <div className="finding">
      <Icon of={icon} size={24} />
      <div>
        <h3>{title}</h3>
        {text && <p className="second">{text}</p>}
      </div>
    </div>
  );
}
