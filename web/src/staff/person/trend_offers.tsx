import type { TrendOffer } from "../../api/generated";
import { SourceNote } from "../parts/rule_line";
import { use_when } from "../when";
import { use_words } from "../words";

/** What a series tells beside a change for the worse. It calls nobody, is on no list, and says what is known about such signs. */
export function TrendOffers({ offers }: { offers: readonly TrendOffer[] }) {
  const words = use_words();
  const when = use_when();
  if (offers.length === 0) return null;
  return (
    <section className="chart-card" aria-labelledby="offers-title">
      <h2 id="offers-title">{words("offers.title")}</h2>
      <p className="second small">{words("offers.what")}</p>
      <ul className="finding-list">
        {offers.map((one) => (
          <li key={`${one.kind} ${one.question ?? ""}`}>
            <h3>{words(one.kind === "slowing_down" ? "offers.slowing_down" : "offers.entry_fatigue", { what: one.question ?? words("offers.mood"), date: when.date(one.at) })}</h3>
            <p>{one.text}</p>
            <p className="second small">{one.numbers}</p>
            <p className="second small">
              {one.source.says} <SourceNote source={one.source} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
