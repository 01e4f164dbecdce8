import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { get } from "../../base/client";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { go } from "../router";
import { Shell } from "../shell/shell";
import { write } from "../talk/outbox";
import "./more.css";

/** Every small step there is. One is done in Talk, step by step: starting it is a message like any other, and screened like one. */
export default function Exercises() {
  const t = use_text();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["exercises"], queryFn: ({ signal }) => get("/exercises", { signal }) });
  const start = (title: string) => {
    // The list that Talk asks for now may be older than the message.
    void write(t("exercises.start_words", { what: title })).then(() => queries.invalidateQueries({ queryKey: ["conversation"] }));
    go("/talk");
  };
  return (
    <Shell title={t("exercises.title")} back="/more">
      <div>
        <h2 className="voice">{t("more.exercises")}</h2>
        <p className="second">{t("exercises.lead")}</p>
      </div>
      {list.isPending && <Loading what={t("privacy.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t("exercises.none")} />}
      <ul className="looked">
        {list.data?.items.map((one) => (
          <li key={one.id} className="exercise-offer">
            <div className="grow">
              <strong dir="auto">{one.title}</strong>
              <p className="second">{t("exercises.minutes", { n: one.minutes })}</p>
              {one.not_when && <p className="second">{t("exercises.not_when", { what: one.not_when })}</p>}
            </div>
            <Button kind="secondary" aria-label={t("exercises.start_named", { what: one.title })} onClick={() => start(one.title)}>{t("exercises.start")}</Button>
          </li>
        ))}
      </ul>
    </Shell>
  );
}
