import { useQuery } from "@tanstack/react-query";
import { Link_button } from "../../base/button";
import { get } from "../../base/client";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { href } from "../router";
import { Shell } from "../shell/shell";
import "./more.css";

/** At most two suggestions; an exercise is done in Talk, a step at a time. */
export default function Exercises() {
  const t = use_text();
  const list = useQuery({ queryKey: ["exercises"], queryFn: ({ signal }) => get("/exercises", { signal }) });
  return (
    <Shell title={t("exercises.title")} back="/more">
      <h2 className="voice">{t("more.exercises")}</h2>
      <p className="second">{t("exercises.lead")}</p>
      {list.isPending && <Loading what={t("privacy.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t("exercises.none")} />}
      <ul className="looked">
        {list.data?.items.slice(0, 2).map((one) => (
          <li key={one.id}>
            <div className="grow">
              <strong>{one.title}</strong>
              <p className="second">{t("exercises.minutes", { n: one.minutes })}</p>
              {one.not_when && <p className="second">{t("exercises.not_when", { what: one.not_when })}</p>}
            </div>
          </li>
        ))}
      </ul>
      <div><Link_button kind="primary" href={href("/talk")}>{t("exercises.in_talk")}</Link_button></div>
    </Shell>
  );
}
