import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ExerciseRun } from "../../api/generated";
import { Button } from "../../base/button";
import { get, remove } from "../../base/client";
import { Failed } from "../../base/states";
import { use_text, use_when } from "../../base/text";

const key = ["exercise-words"];

/** What was written in small steps, newest first, each to be taken out again. Nothing is shown while there is nothing. */
export function From_small_steps() {
  const t = use_text();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: key, queryFn: ({ signal }) => get("/exercise-words", { signal }) });
  const take_out = useMutation({
    mutationFn: (run: string) => remove("/exercise-words/{run}", { path: { run } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const runs = list.data?.items ?? [];
  if (runs.length === 0) return null;
  return (
    <section className="section" aria-labelledby="from-steps">
      <h2 id="from-steps">{t("plan.from_steps")}</h2>
      <p className="second">{t("plan.from_steps_what")}</p>
      <ul className="step-runs">
        {runs.map((run) => (
          <li key={run.id}>
            <Run run={run} />
            <div className="no-print"><Button kind="quiet" aria-label={t("plan.remove", { what: run.title })} onClick={() => take_out.mutate(run.id)}>{t("plan.take_out")}</Button></div>
          </li>
        ))}
      </ul>
      {take_out.isError && <Failed error={take_out.error} />}
    </section>
  );
}

function Run({ run }: { run: ExerciseRun }) {
  const t = use_text();
  const when = use_when();
  return (
    <>
      <h3 dir="auto">{run.title}</h3>
      <p className="second small">{when.day_and_time(run.at)}.{run.rating ? ` ${t(`plan.rated_${run.rating}`)}` : ""}</p>
      {run.lines.length > 0 && (
        <dl>
          {run.lines.map((line, at) => (
            <div key={at}>
              <dt dir="auto">{line.asks}</dt>
              <dd className="own" dir="auto">{line.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
