import { useEffect } from "react";
import { use_not_kept } from "../../base/keeping";
import { Failed, Loading } from "../../base/states";
import type { Role } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_state } from "./desk";
import { Head } from "./head";

/** Whether the machine does what it should. */
export function SystemState() {
  const words = use_words();
  const when = use_when();
  const state = use_state();
  const not_kept = use_not_kept();
  const { refetch } = state;
  // Why stands here at once, and not when the page next asks by itself.
  useEffect(() => void refetch(), [not_kept, refetch]);
  const now = state.data;
  return (
    <>
      <Head title={words("admin.state")} lead={words("system.lead")} />
      {state.isPending && <Loading what={words("admin.loading")} />}
      {state.isError && !now && <Failed title={words("admin.failed")} error={state.error} retry={() => void state.refetch()} />}
      {now && (
        <div className="cards state-cards">
          <section className="block">
            <h2>{words("system.store")}</h2>
            <dl className="facts">
              <div>
                <dt>{words("system.kind")}</dt>
                <dd>{now.store.kind}</dd>
              </div>
              <div>
                <dt>{words("system.answers")}</dt>
                <dd>{now.store.answers ? words("accounts.yes") : <strong>{words("system.no_answer")}</strong>}</dd>
              </div>
              {now.store.trouble && (
                <div>
                  <dt>{words("system.keeps")}</dt>
                  <dd><strong>{words("system.trouble", { at: when.day_and_time(now.store.trouble_since ?? ""), why: now.store.trouble })}</strong></dd>
                </div>
              )}
              <div>
                <dt>{words("system.durable")}</dt>
                <dd>{now.store.durable ? words("accounts.yes") : <strong>{words("system.not_durable")}</strong>}</dd>
              </div>
              {now.clock && (
                <div>
                  <dt>{words("system.clock")}</dt>
                  <dd>
                    {now.clock.ahead_seconds > 60 && <strong>{words("system.clock_behind", { n: now.clock.ahead_seconds })} </strong>}
                    {now.clock.last_jump && <strong>{words("system.clock_jumped", { n: Math.abs(now.clock.last_jump.seconds), way: now.clock.last_jump.seconds < 0 ? "back" : "forward", at: when.day_and_time(now.clock.last_jump.at) })}</strong>}
                    {now.clock.ahead_seconds <= 60 && !now.clock.last_jump && words("system.clock_right")}
                  </dd>
                </div>
              )}
              <div>
                <dt>{words("system.backup")}</dt>
                <dd>
                  {now.backup?.last ? now.backup.last : <strong>{words("system.no_backup")}</strong>}
                  {now.backup?.problem && <strong> {now.backup.problem}</strong>}
                </dd>
              </div>
              {now.checkpoints && (
                <div>
                  <dt>{words("system.checkpoint")}</dt>
                  <dd>
                    {now.checkpoints.last ?? <strong>{words("system.no_backup")}</strong>}
                    {now.checkpoints.problem && <strong> {now.checkpoints.problem}</strong>}
                  </dd>
                </div>
              )}
            </dl>
          </section>
          <section className="block">
            <h2>{words("system.keys")}</h2>
            <dl className="facts">
              <div>
                <dt>{words("system.epoch")}</dt>
                <dd>{now.keys.epoch}</dd>
              </div>
              <div>
                <dt>{words("system.key_source")}</dt>
                <dd>{now.keys.source}</dd>
              </div>
            </dl>
          </section>
          {now.apps && (
            <section className="block">
              <h2>{words("system.apps")}</h2>
              {now.apps.length === 0 && <p>{words("system.no_apps")}</p>}
              <dl className="facts">
                {now.apps.map((app) => (
                  <div key={app.key}>
                    <dt>
                      {app.app} <small>{app.key}</small>
                    </dt>
                    <dd>
                      {app.events_to ? words("system.events_to", { where: app.events_to }) : words("system.events_nowhere")}
                      {app.events_to && <> {app.told_at ? words("system.events_told", { at: when.day_and_time(app.told_at) }) : words("system.events_never")}</>}
                      {app.events_to && app.failing_since && <strong> {words("system.events_failing", { at: when.day_and_time(app.failing_since), why: app.problem ?? "" })}</strong>}
                      {!!app.given_up && <strong> {words("system.events_given_up", { n: app.given_up })}</strong>}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
          <section className="block">
            <h2>{words("system.counts")}</h2>
            <dl className="facts">
              <div>
                <dt>{words("shell.people")}</dt>
                <dd>{now.counts.people}</dd>
              </div>
              {Object.entries(now.counts.accounts).map(([role, n]) => (
                <div key={role}>
                  <dt>{words(`role.${role as Role}`)}</dt>
                  <dd>{n}</dd>
                </div>
              ))}
            </dl>
          </section>
          <section className="block">
            <h2>{words("system.build")}</h2>
            <dl className="facts">
              <div>
                <dt>{words("system.version")}</dt>
                <dd>{now.version}</dd>
              </div>
              <div>
                <dt>{words("system.schema")}</dt>
                <dd>
                  {now.schema}
                  {now.replace && <strong> {now.replace}</strong>}
                </dd>
              </div>
              {now.content && (
                <div>
                  <dt>{words("system.content")}</dt>
                  <dd>{now.content.unreviewed_texts ? <strong>{words("system.unreviewed", { n: now.content.unreviewed_texts })}</strong> : words("system.all_reviewed")}</dd>
                </div>
              )}
            </dl>
          </section>
        </div>
      )}
    </>
  );
}
