import { useEffect, useRef, useState } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Block, Questionnaire as Form, QuestionnaireSaved } from "../../api/generated";
import { Button, Link_button } from "../../base/button";
import { get, new_id, post } from "../../base/client";
import { lines_of } from "../../base/device";
import { use_language } from "../../base/language";
import { language_of } from "../../messages/languages";
import { as_problem } from "../../base/problem";
import { served_or } from "../../base/served";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Choices } from "../parts";
import { href } from "../router";
import { Shell } from "../shell/shell";
import { Said, use_language_word } from "../spoken";
import { Blocks } from "../talk/blocks";
import { asked } from "./asked";
import { Further } from "./further";
import "../talk/talk.css";
import "../check_in/check_in.css";
import "./questions.css";

interface Given {
  answers: Record<string, number | null>;
  at: number;
  client_id: string;
}

/** Answers stay in this tab while the form is open: stop and come back, nothing is asked twice. Leave clears them. */
const place = (id: string, version: string) => `rail.answers.${id}.${version}`;

function read(id: string, version: string): Given {
  try {
    const kept = sessionStorage.getItem(place(id, version));
    if (kept) return JSON.parse(kept) as Given;
  } catch {
    // Starts afresh.
  }
  return { answers: {}, at: 0, client_id: new_id() };
}

export default function Questionnaire({ id }: { id: string }) {
  const t = use_text();
  const { language } = use_language();
  const form = useQuery({ queryKey: ["questionnaire", id, language], queryFn: ({ signal }) => get("/questionnaires/{questionnaire}", { path: { questionnaire: id }, query: { language }, signal }), staleTime: 3_600_000 });
  if (form.data) return <Filled form={form.data} />;
  return (
    <Shell title={t("questions.title")} back="/questions" no_tabs>
      {form.isPending && <Loading what={t("questions.loading")} />}
      {form.isError && <Failed title={t("questions.not_here")} error={form.error} retry={() => void form.refetch()} />}
    </Shell>
  );
}

function Filled({ form }: { form: Form }) {
  const t = use_text();
  const { language } = use_language();
  const language_word = use_language_word();
  const queries = useQueryClient();
  const [given, set_given] = useState(() => read(form.id, form.version));
  const [wrong, set_wrong] = useState("");
  const [busy, set_busy] = useState(false);
  const [blocks, set_blocks] = useState<readonly Block[]>([]);
  const [result, set_result] = useState<QuestionnaireSaved>();
  const [further, set_further] = useState<Form | null>();
  const [further_open, set_further_open] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const help = useRef<HTMLElement>(null);
  const moved = useRef(false);
  const warned = useRef(new Set<string>());

  // The person pressed Continue: what came of it is brought into view.
  useEffect(() => {
    if (blocks.length === 0) return;
    help.current?.focus({ preventScroll: true });
    help.current?.scrollIntoView({ block: "start" });
  }, [blocks]);

  const items = asked(form, given.answers);
  const item = items[given.at];
  const minutes = Math.max(1, Math.round(items.length * 0.22));

  useEffect(() => {
    try {
      sessionStorage.setItem(place(form.id, form.version), JSON.stringify(given));
    } catch {
      // The page itself still holds them.
    }
  }, [form, given]);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [given.at, result]);

  // Once is enough: who said no, or has answered, is not offered it again with the end of the form.
  const further_part = further && <Further form={further} answering={set_further_open} over={() => set_further(null)} />;
  const offer = (said: QuestionnaireSaved) => said.follow_up && set_further((before) => (before === undefined ? said.follow_up : before));
  if (result) return <Result form={form} result={result} heading={heading} further={further_part} />;
  if (!item) return null;

  const finish = async (answers: Given["answers"]) => {
    const refused = asked(form, answers).filter((one) => answers[one.id] === null || answers[one.id] === undefined).map((one) => one.id);
    const result = await post("/questionnaires/{questionnaire}/answers", { path: { questionnaire: form.id }, query: lines_of(), body: { version: form.version, language: form.language, answers, refused }, key: given.client_id });
    sessionStorage.removeItem(place(form.id, form.version));
    offer(result);
    set_result(result);
    void queries.invalidateQueries({ queryKey: ["progress"] });
  };

  /** A critical answer goes to the server at once; what it says is shown here, and the form goes on. */
  const say_at_once = async (value: number): Promise<boolean> => {
    const name = `${item.id}=${value}`;
    if (value === 0 || warned.current.has(name)) return false;
    const said = await post("/questionnaires/{questionnaire}/answers", { path: { questionnaire: form.id }, query: lines_of(), body: { version: form.version, language: form.language, answers: { [item.id]: value }, partial: true }, key: `${given.client_id}-${name}` });
    warned.current.add(name);
    if (!said.blocks?.length) return false;
    offer(said);
    set_blocks(said.blocks);
    return true;
  };

  const go_on = async (value: number | null | undefined) => {
    if (value === undefined) {
      set_wrong(t("questions.choose"));
      return;
    }
    set_wrong("");
    set_busy(true);
    const answers = { ...given.answers, [item.id]: value };
    try {
      const stop = item.critical === true && value !== null && (await say_at_once(value));
      const last = given.at >= asked(form, answers).length - 1;
      if (stop) set_given({ ...given, answers });
      else {
        set_blocks([]);
        if (last) await finish(answers);
        else set_given({ ...given, answers, at: given.at + 1 });
      }
    } catch (error) {
      const problem = as_problem(error);
      set_blocks(problem.blocks);
      set_wrong(problem.no_network || problem.may_pass ? t("questions.not_saved") : problem.detail || t("questions.not_saved"));
    } finally {
      set_busy(false);
    }
  };

  const back = () => {
    set_blocks([]);
    set_wrong("");
    set_given({ ...given, at: given.at - 1 });
  };

  const value = given.answers[item.id];
  return (
    <Shell title={t("questions.title")} back="/questions" no_tabs
      foot={!further_open &&
        <div className="foot-action">
          {blocks.length === 0 && <p className="small-print">{t("questions.kept")}</p>}
          <Button kind="primary" wide busy={busy} onClick={() => void go_on(value)}>{t("questions.continue")}</Button>
        </div>
      }
    >
      <div className="count">
        <span>{t("questions.count", { n: given.at + 1, of: items.length })}</span>
        <span>{t("questions.minutes", { n: minutes })}</span>
        <progress className="way" value={given.at + 1} max={items.length} aria-label={t("questions.count", { n: given.at + 1, of: items.length })} />
      </div>
      {language_of(form.language) !== language && <p className="second small">{t("questions.in_language", { language: language_word(form.language) })}</p>}
      <div lang={form.language}>
        {form.stem && <p className="second stem">{form.stem}</p>}
        <h2 className="voice item" tabIndex={-1} data-quiet-focus ref={heading}>{language_of(form.language) === "en" && form.stem && !/[?.:]$/.test(form.stem.trim()) ? continued(item.text) : item.text}</h2>
      </div>
      {wrong && <p className="refused" role="alert">{wrong}</p>}
      <Choices key={item.id} legend={item.text} quiet_legend value={value === undefined || value === null ? null : String(value)}
        onChange={(chosen) => (set_wrong(""), set_given({ ...given, answers: { ...given.answers, [item.id]: Number(chosen) } }))}
        of={item.options.map((option) => ({ value: String(option.value), text: option.text, lang: form.language }))} />
      {blocks.length > 0 && (
        <section className="alone help-here" aria-label={t("questions.help_here")} tabIndex={-1} data-quiet-focus ref={help}>
          <Blocks of={blocks.filter((block) => block.kind !== "question")} />
          {further_part}
          <p className="second">{t("questions.goes_on")}</p>
        </section>
      )}
      <p className="row apart">
        <button type="button" className="link" onClick={() => void go_on(null)}>{t("questions.rather_not")}</button>
        {given.at > 0 && <button type="button" className="link" onClick={back}>{t("questions.previous")}</button>}
      </p>
      {form.attribution && <p className="second small attribution" lang="en">{form.attribution}</p>}
    </Shell>
  );
}

/** The item's published words; only its first letter follows on from the stem, and a question mark closes it. */
function continued(text: string): string {
  const first = text.charAt(0);
  const next = text.charAt(1);
  const lower = next === next.toLowerCase() ? first.toLowerCase() + text.slice(1) : text;
  return /[.?]$/.test(lower) ? lower.replace(/\.$/, "?") : `${lower}?`;
}

function Result({ form, result, heading, further }: { form: Form; result: QuestionnaireSaved; heading: React.RefObject<HTMLHeadingElement | null>; further: React.ReactNode }) {
  const t = use_text();
  return (
    <Shell title={t("questions.title")} back="/questions">
      <h2 className="voice" tabIndex={-1} data-quiet-focus ref={heading}>{result.told ? <Said text={result.told.title} /> : t("questions.saved")}</h2>
      {result.told && <p><Said text={result.told.text} /></p>}
      {result.told?.range && !result.told.text.includes(result.told.range) && <p className="second">{t("questions.range", { range: served_or(result.told.range, result.told.range) })}</p>}
      {result.blocks && result.blocks.length > 0 && <div className="alone"><Blocks of={result.blocks} /></div>}
      {further}
      <p className="second">{t("questions.not_a_label")}</p>
      <div className="row">
        <Link_button kind="secondary" href={href("/progress")}>{t("check_in.to_progress")}</Link_button>
        <Link_button kind="secondary" href={href("/talk")}>{t("questions.to_talk")}</Link_button>
      </div>
      {form.attribution && <p className="second small attribution" lang="en">{form.attribution}</p>}
    </Shell>
  );
}
