import { use_words, type WordId } from "../words";
import type { Mapping, Preview } from "./desk";
import { adjusted, becomes, changed, choices_of, left_out } from "./mapping";

interface Props {
  preview: Preview;
  mapping: Mapping;
  onChange(mapping: Mapping): void;
}

/** Every column of the file and what it becomes. What nobody described is a guess, and says what to look at. */
export function MappingTable({ preview, mapping, onChange }: Props) {
  const words = use_words();
  const named = new Map(preview.measures.map((measure) => [measure.id, measure.name]));
  const text_of = (choice: string) => named.get(choice) ?? words(`imports.becomes_${choice}` as WordId);
  return (
    <table className="list-table">
      <caption className="unseen">{words("imports.columns")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("imports.column")}</th>
          <th scope="col">{words("imports.becomes")}</th>
          <th scope="col">{words("imports.look_at")}</th>
        </tr>
      </thead>
      <tbody>
        {preview.columns.map(({ column }) => {
          const now = becomes(mapping, column);
          const part = mapping.columns.find((one) => one.column === column);
          const doubts = preview.doubts.filter((doubt) => doubt.column === column);
          return (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td>
                <select className="input small-select" aria-label={words("imports.becomes_of", { column })} disabled={!preview.changeable} value={now} onChange={(event) => onChange(changed(mapping, column, event.target.value))}>
                  <option value={left_out}>{words("imports.left_out")}</option>
                  {choices_of(mapping.kind, preview.measures).map((choice) => (
                    <option key={choice} value={choice}>
                      {text_of(choice)}
                    </option>
                  ))}
                </select>
                {part?.becomes === "mood" && (
                  <>
                    <Amount label={words("imports.lowest_of", { column })} value={part.lowest ?? 1} onChange={(lowest) => onChange(adjusted(mapping, column, { lowest }))} />
                    <Amount label={words("imports.highest_of", { column })} value={part.highest ?? 5} onChange={(highest) => onChange(adjusted(mapping, column, { highest }))} />
                    <select className="input small-select" aria-label={words("imports.better_of", { column })} value={part.better ?? "up"} onChange={(event) => onChange(adjusted(mapping, column, { better: event.target.value as "up" | "down" }))}>
                      <option value="up">{words("imports.better_up")}</option>
                      <option value="down">{words("imports.better_down")}</option>
                    </select>
                  </>
                )}
                {part?.times !== undefined && <Amount label={words("imports.times_of", { column })} value={part.times} onChange={(times) => onChange(adjusted(mapping, column, { times }))} />}
              </td>
              <td className="second small">{doubts.map((doubt) => doubt.told).join(" ")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Amount({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  return <input className="input small-select line-mark" type="number" step="any" aria-label={label} defaultValue={value} onBlur={(event) => event.target.value !== "" && onChange(event.target.valueAsNumber)} />;
}
