import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AskPause } from "../../api/generated";
import { Button } from "../../base/button";
import { put, remove } from "../../base/client";
import { use_text, use_when } from "../../base/text";
import { Choices } from "../parts";

const weeks = [1, 2, 4];

/** Nothing is asked for a while, and then again by itself; the team sees it. */
export function Pause({ pause, longest }: { pause: AskPause | undefined; longest: number }) {
  const t = use_text();
  const when = use_when();
  const queries = useQueryClient();
  const [chosen, set_chosen] = useState("1");
  const change = useMutation({
    mutationFn: (days: number): Promise<unknown> => (days ? put("/asked/pause", { body: { days } }) : remove("/asked/pause")),
    onSettled: () => queries.invalidateQueries({ queryKey: ["asked"] }),
  });
  return (
    <section className="section stack">
      <h2>{t("asking.pause")}</h2>
      <p role="status">{pause && <strong className="own">{t(pause.by === "person" ? "asking.paused" : "asking.paused_by_team", { at: when.day(pause.until) })}</strong>}</p>
      {pause?.reason && <blockquote>{pause.reason}</blockquote>}
      {!pause && (
        <>
          <p>{t("asking.pause_lead")}</p>
          <Choices legend={t("asking.pause_for")} value={chosen} onChange={set_chosen} of={weeks.filter((n) => n * 7 <= longest).map((n) => ({ value: String(n), text: t("asking.pause_weeks", { n }) }))} />
        </>
      )}
      {change.error && <p className="refused" role="alert">{t("contact.not_saved")}</p>}
      <div><Button kind="secondary" busy={change.isPending} onClick={() => change.mutate(pause ? 0 : Number(chosen) * 7)}>{t(pause ? "asking.pause_end" : "asking.pause_begin")}</Button></div>
    </section>
  );
}
