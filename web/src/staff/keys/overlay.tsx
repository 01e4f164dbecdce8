import { Choice } from "../parts/choice";
import { Sheet } from "../parts/sheet";
import { use_words } from "../words";
import { key_lines, key_places } from "./keymap";
import { use_single_keys } from "./keys";

/** All keys, by where they work, and the switch that turns single keys off. */
export function KeysOverlay({ open, close }: { open: boolean; close(): void }) {
  const words = use_words();
  const [single, set_single] = use_single_keys();
  return (
    <Sheet title={words("keys.title")} open={open} close={close} wide>
      <p className="second">{words("keys.lead")}</p>
      <Choice
        label={words("me.single_keys")}
        label_shown
        value={single ? "on" : "off"}
        onChange={(next) => set_single(next === "on")}
        options={[
          { id: "on", text: words("me.on") },
          { id: "off", text: words("me.off") },
        ]}
      />
      <div className="key-places">
        {key_places.map((place) => (
          <section key={place}>
            <h3>{words(`keys.place_${place}`)}</h3>
            <dl className="key-table">
              {key_lines
                .filter((line) => line.where === place)
                .map((line) => (
                  <div key={line.does}>
                    <dt>
                      {line.shown.map((key) => (
                        <kbd key={key} className="key-cap">
                          {key}
                        </kbd>
                      ))}
                    </dt>
                    <dd>{words(line.does)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
