import { useState } from "react";
import { Empty, Failed, Loading } from "../../base/states";
import type { SavedReply } from "../nouns";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Sheet } from "../parts/sheet";
import { use_save_replies, use_saved_replies } from "../server";
import { use_words } from "../words";

/** The person's name in the place that the reply keeps for it. */
export const filled = (text: string, name: string): string => text.replaceAll("{name}", name);

/** Those of the person's language first, then the others. */
export const in_order = (items: readonly SavedReply[], language: string): SavedReply[] => [...items.filter((one) => one.language === language), ...items.filter((one) => one.language !== language)];

interface Props {
  open: boolean;
  close(): void;
  first: string;
  language: string;
  /** a lead may change them */
  may_change: boolean;
  use(text: string): void;
}

/** Words that the service keeps ready: chosen, changed and sent by a human. */
export function SavedRepliesSheet({ open, close, first, language, may_change, use }: Props) {
  const words = use_words();
  const replies = use_saved_replies(open);
  const [changing, set_changing] = useState(false);
  const items = in_order(replies.data?.items ?? [], language);
  return (
    <Sheet title={words("replies.title")} open={open} close={close} wide>
      {replies.isPending && <Loading what={words("replies.loading")} />}
      {replies.isError && !replies.data && <Failed title={words("replies.failed")} error={replies.error} retry={() => void replies.refetch()} />}
      {replies.data && !changing && (
        <>
          {items.length === 0 ? (
            <Empty title={words("replies.none")}>
              <p>{words("replies.none_what")}</p>
            </Empty>
          ) : (
            <p className="second">{words("replies.lead")}</p>
          )}
          <ul className="reply-list">
            {items.map((one, i) => (
              <li key={i}>
                <button type="button" className="reply-choice" onClick={() => use(filled(one.text, first))} lang={one.language}>
                  <strong>{one.title}</strong> <span className="faint small">{one.language}</span>
                  <span dir="auto">{filled(one.text, first)}</span>
                </button>
              </li>
            ))}
          </ul>
          {may_change && <Button onPress={() => set_changing(true)}>{words("replies.change")}</Button>}
        </>
      )}
      {replies.data && changing && <SavedRepliesForm items={replies.data.items} version={replies.data.version} done={() => set_changing(false)} />}
    </Sheet>
  );
}

/** All of them in one form, for a lead or an administrator. */
export function SavedRepliesForm({ items: before, version, done }: { items: readonly SavedReply[]; version: number; done(): void }) {
  const words = use_words();
  const save = use_save_replies();
  const [items, set_items] = useState<SavedReply[]>(() => [...before]);
  const [problem, set_problem] = useState<string | null>(null);
  const change = (at: number, part: Partial<SavedReply>) => set_items((all) => all.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        set_problem(null);
        save.mutate({ items, version }, { onSuccess: done, onError: (told) => set_problem(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")) });
      }}
    >
      <p className="second">{words("replies.change_lead", { place: "{name}" })}</p>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      {items.map((one, at) => (
        <fieldset key={at} className="reply-fields">
          <legend className="unseen">{words("replies.one", { n: at + 1 })}</legend>
          <Field label={words("replies.language")} value={one.language} onChange={(language) => change(at, { language })} />
          <Field label={words("replies.name")} value={one.title} onChange={(title) => change(at, { title })} />
          <Field label={words("replies.words")} lines={3} value={one.text} onChange={(text) => change(at, { text })} />
          <Button size="s" look="quiet" onPress={() => set_items((all) => all.filter((_, i) => i !== at))}>
            {words("replies.remove")}
          </Button>
        </fieldset>
      ))}
      <div className="row-between">
        <Button onPress={() => set_items((all) => [...all, { language: "en", title: "", text: "" }])}>{words("replies.add")}</Button>
        <Button type="submit" look="primary" isDisabled={save.isPending}>
          {words("replies.save")}
        </Button>
      </div>
    </form>
  );
}
