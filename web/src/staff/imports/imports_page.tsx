import { useState } from "react";
import { Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_tell } from "../parts/toast";
import { use_when } from "../when";
import { use_words, type WordId } from "../words";
import { type Mapping, type Preview, use_imports, use_preview, use_take, use_undo } from "./desk";
import { MappingTable } from "./mapping_table";

const largest = 7_000_000; // bytes; what is larger goes through the command line

/** Files of other programs: how they would be read, what is wrong line by line, taken as a batch, and taken back. */
export function ImportsPage() {
  const words = use_words();
  const [file, set_file] = useState<{ name: string; text: string } | null>(null);
  const [too_large, set_too_large] = useState(false);
  return (
    <div className="sheet-page">
      <div className="page-head">
        <h1>{words("imports.title")}</h1>
        <p className="second">{words("imports.lead")}</p>
      </div>
      <div className="field">
        <label htmlFor="import-file">{words("imports.choose")}</label>
        <input
          id="import-file"
          className="input"
          type="file"
          accept=".csv,.jsonl,.ndjson,.json,.txt,text/csv"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            set_file(null);
            set_too_large(chosen !== undefined && chosen.size > largest);
            if (chosen && chosen.size <= largest) void chosen.text().then((text) => set_file({ name: chosen.name, text }));
          }}
        />
      </div>
      {too_large && <p role="alert">{words("imports.too_large")}</p>}
      {file && <OneFile key={`${file.name} ${file.text.length}`} text={file.text} done={() => set_file(null)} />}
      <Batches />
    </div>
  );
}

function OneFile({ text, done }: { text: string; done(): void }) {
  const words = use_words();
  const preview = use_preview();
  const take = use_take();
  const { tell } = use_tell();
  const [seen, set_seen] = useState<Preview | null>(null);
  const [mapping, set_mapping] = useState<Mapping | null>(null);
  const [changed, set_changed] = useState(false);
  const [whose, set_whose] = useState({ name: "", person: "", only: "", source: "" });
  const [problem, set_problem] = useState("");
  const rest = { ...(whose.only ? { only: whose.only } : {}) };
  const looked_at = mapping && seen && (changed || seen.proposed) ? { mapping } : {};
  const look = (by: Mapping | null) => {
    set_problem("");
    preview.mutate(
      { text, ...rest, ...(by ? { mapping: by } : {}) },
      {
        onSuccess: (read) => {
          set_seen(by && seen ? { ...read, doubts: seen.doubts, proposed: seen.proposed } : read);
          set_mapping(by ?? read.mapping);
        },
        onError: (told) => set_problem(told.errors[0]?.detail || told.detail || words("staff.not_done")),
      },
    );
  };
  return (
    <section className="block stack" aria-labelledby="import-preview">
      <h2 id="import-preview">{words("imports.preview")}</h2>
      {problem && <p role="alert">{problem}</p>}
      {!seen && (
        <>
          <Field label={words("imports.only")} hint={words("imports.only_hint")} value={whose.only} onChange={(only) => set_whose({ ...whose, only })} />
          <Button onPress={() => look(null)} isDisabled={preview.isPending}>
            {words("imports.read")}
          </Button>
        </>
      )}
      {seen && mapping && (
        <>
          {seen.same_file && <p role="status">{words("imports.same_file")}</p>}
          <p>{seen.proposed ? words("imports.proposed") : words("imports.known", { title: seen.title })}</p>
          <MappingTable
            preview={seen}
            mapping={mapping}
            onChange={(next) => {
              set_changed(true);
              set_mapping(next);
              look(next);
            }}
          />
          <p>{words("imports.counts", { rows: seen.rows, taken: seen.taken, empty: seen.empty, not_taken: seen.not_taken })}</p>
          {seen.notes.map((note) => (
            <p key={note} className="second small">{note}</p>
          ))}
          <First preview={seen} />
          <Lines title={words("imports.problems")} lines={seen.problems} all={seen.not_taken} />
          <Lines title={words("imports.remarks")} lines={seen.remarks} all={seen.remarks.length} />
          <Field label={words("imports.name")} hint={words("imports.name_hint")} value={whose.name} onChange={(name) => set_whose({ ...whose, name })} />
          <Field label={words("imports.person")} value={whose.person} onChange={(person) => set_whose({ ...whose, person })} />
          {mapping.kind === "daily" && <Field label={words("imports.source")} hint={words("imports.source_hint")} value={whose.source} onChange={(source) => set_whose({ ...whose, source })} />}
          <Button
            look="primary"
            isDisabled={take.isPending || preview.isPending || seen.taken === 0}
            onPress={() =>
              take.mutate(
                { text, ...rest, ...looked_at, ...(whose.person ? { person: whose.person.trim() } : { name: whose.name }), ...(whose.source ? { source: whose.source } : {}), again: Boolean(seen.same_file) },
                {
                  onSuccess: (batch) => {
                    tell(words("imports.is_taken", { taken: batch.taken }));
                    done();
                  },
                  onError: (told) => set_problem(told.errors[0]?.detail || told.detail || words("staff.not_done")),
                },
              )
            }
          >
            {words(seen.same_file ? "imports.take_again" : "imports.take", { taken: seen.taken })}
          </Button>
        </>
      )}
    </section>
  );
}

function First({ preview }: { preview: Preview }) {
  const words = use_words();
  if (preview.first.length === 0) return null;
  return (
    <>
      <h3>{words("imports.first")}</h3>
      <ul>
        {preview.first.map((row) => (
          <li key={row.line}>
            {words("imports.line", { line: row.line })} {row.at.slice(0, 16).replace("T", " ")}: {row.values.map((value) => `${value.what} ${value.much}`).join(", ")}
          </li>
        ))}
      </ul>
    </>
  );
}

function Lines({ title, lines, all }: { title: string; lines: Preview["problems"]; all: number }) {
  const words = use_words();
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="small">
        {lines.slice(0, 100).map((one) => (
          <li key={`${one.line} ${one.told}`}>
            {words("imports.line", { line: one.line })} {one.told}.
          </li>
        ))}
        {all > 100 && <li>{words("imports.more_lines", { n: all - Math.min(100, lines.length) })}</li>}
      </ul>
    </>
  );
}

function Batches() {
  const words = use_words();
  const when = use_when();
  const imports = use_imports();
  const undo = use_undo();
  const { tell } = use_tell();
  const [sure, set_sure] = useState("");
  return (
    <section className="stack" aria-labelledby="import-batches">
      <h2 id="import-batches">{words("imports.batches")}</h2>
      {imports.isPending && <Loading what={words("admin.loading")} />}
      {imports.isError && !imports.data && <Failed title={words("admin.failed")} error={imports.error} retry={() => void imports.refetch()} />}
      {imports.data?.items.length === 0 && <p className="second">{words("imports.none")}</p>}
      {imports.data?.items.map((batch) => (
        <div key={batch.id} className="row-between">
          <p>
            {words("imports.batch", { date: when.day_and_time(batch.made_at), taken: batch.taken, rows: batch.rows })} {words(`imports.kind_${batch.kind}` as WordId)}. {words(`imports.state_${batch.state}` as WordId)}
            <br />
            <span className="second small">
              {words("imports.of_person", { person: batch.person })} SHA-256 {batch.checksum.slice(0, 16)}…
            </span>
          </p>
          {batch.state !== "taken_back" &&
            (sure === batch.id ? (
              <Button
                size="s"
                look="brick"
                isDisabled={undo.isPending}
                onPress={() =>
                  undo.mutate(batch.id, {
                    onSuccess: (back) => {
                      set_sure("");
                      tell(words("imports.is_back", { rows: back.rows, withdrawn: back.withdrawn, alerts: back.alerts_marked }));
                    },
                    onError: (told) => tell(told.detail || words("staff.not_done")),
                  })
                }
              >
                {words("imports.undo_sure")}
              </Button>
            ) : (
              <Button size="s" look="quiet" onPress={() => set_sure(batch.id)}>
                {words("imports.undo")}
              </Button>
            ))}
        </div>
      ))}
    </section>
  );
}
