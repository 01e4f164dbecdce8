import { useState } from "react";
import type { CheckInDesign } from "../../api/generated";
import { Empty, Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { use_tell } from "../parts/toast";
import { use_when } from "../when";
import { use_words } from "../words";
import { use_designs, use_retire_design } from "./desk";
import { draft_of, empty_draft } from "./draft";
import { Editor } from "./editor";

/** Check-ins in the service's own words: what is asked, and a plain form to make and change one. */
export function CheckInsPage() {
  const words = use_words();
  const designs = use_designs();
  const [open, set_open] = useState<CheckInDesign | "new" | null>(null);
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("shell.check_ins")}</h1>
        <p className="second">{words("own_check_ins.lead")}</p>
      </div>
      {designs.isPending && <Loading what={words("own_check_ins.loading")} />}
      {designs.isError && !designs.data && <Failed title={words("own_check_ins.failed")} error={designs.error} retry={() => void designs.refetch()} />}
      {designs.data && open === null && (
        <div className="stack">
          {designs.data.items.length === 0 && (
            <Empty title={words("own_check_ins.none")}>
              <p>{words("own_check_ins.none_what")}</p>
            </Empty>
          )}
          {designs.data.items.map((design) => (
            <Shown key={design.id} design={design} change={() => set_open(design)} />
          ))}
          <Button onPress={() => set_open("new")}>{words("own_check_ins.new")}</Button>
        </div>
      )}
      {open !== null && <Editor before={open === "new" ? empty_draft() : draft_of(open)} from={open === "new" ? undefined : open} done={() => set_open(null)} />}
    </div>
  );
}

function Shown({ design, change }: { design: CheckInDesign; change(): void }) {
  const words = use_words();
  const when = use_when();
  const retire = use_retire_design();
  const { tell } = use_tell();
  const [sure, set_sure] = useState(false);
  const language = design.languages[0] ?? "en";
  return (
    <section className="block rota-block" aria-labelledby={`design-${design.id}`}>
      <h2 id={`design-${design.id}`} lang={language}>
        {design.title[language]}
      </h2>
      <p className="second small">{words(design.retired_at ? "own_check_ins.retired" : "own_check_ins.version", { version: design.version, date: when.date(design.retired_at ?? design.made_at), languages: design.languages.join(", ") })}</p>
      {design.asks === "informant" && <p><strong>{words("own_check_ins.for_close")}</strong></p>}
      <p>{design.purpose}</p>
      <ol lang={language}>
        {design.items.map((item) => (
          <li key={item.id}>
            {item.question[language]} <span className="second small">{item.kind === "scale" ? `${item.lowest}–${item.highest}` : item.kind === "choice" ? (item.options ?? []).map((option) => option[language]).join(" / ") : words("own_check_ins.words")}</span>
          </li>
        ))}
      </ol>
      {!design.retired_at && (
        <div className="row-between">
          <Button size="s" onPress={change}>
            {words("own_check_ins.change")}
          </Button>
          {sure ? (
            <Button size="s" look="brick" isDisabled={retire.isPending} onPress={() => retire.mutate(design.id, { onSuccess: () => tell(words("own_check_ins.is_retired")), onError: (problem) => tell(problem.detail || words("staff.not_done")) })}>
              {words("own_check_ins.retire_sure")}
            </Button>
          ) : (
            <Button size="s" look="quiet" onPress={() => set_sure(true)}>
              {words("own_check_ins.retire")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
