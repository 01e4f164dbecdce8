import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { type Body, put } from "../../base/client";
import { notify, reach as read_reach, type Reach } from "../../base/notify";
import { use_told } from "../administration/told";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_change } from "../server";
import { use_words } from "../words";

const again = (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => void queries.invalidateQueries({ queryKey: ["reach"] });

/** How alerts reach whoever is signed in beside the page: notifications on this device, and texts to a work mobile. */
export function ReachBlock() {
  const words = use_words();
  const told = use_told();
  const reach = useQuery({ queryKey: ["reach"], queryFn: read_reach });
  const change = use_change((on: boolean) => notify(on ? reach.data?.push_key : undefined), again);
  if (!reach.data || (!reach.data.push_key && !reach.data.texts)) return null;
  const { here, push_key, texts } = reach.data;
  return (
    <section className="block on-call" aria-labelledby="reach">
      <h2 id="reach">{words("reach.title")}</h2>
      <p className="second">{words("reach.lead")}</p>
      {push_key && <p>{words(`reach.${here}`)}</p>}
      {push_key && (here === "on" || here === "off") && (
        <Button size="s" isDisabled={change.isPending} onPress={() => change.mutate(here === "off", told(words(here === "off" ? "reach.now_on" : "reach.now_off")))}>
          {words(here === "off" ? "reach.switch_on" : "reach.switch_off")}
        </Button>
      )}
      {texts && <Phone key={reach.data.work_phone} given={reach.data} />}
    </section>
  );
}

function Phone({ given }: { given: Reach }) {
  const words = use_words();
  const told = use_told();
  const [phone, set_phone] = useState(given.work_phone ?? "");
  const save = use_change((body: Body<"PUT", "/me/work-phone">, key) => put("/me/work-phone", { body, key }), again);
  return (
    <form
      className="hand-over-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ work_phone: phone.trim() }, told(words("reach.saved")));
      }}
    >
      <Field label={words("reach.phone")} hint={words("reach.phone_hint")} type="tel" autoComplete="tel" value={phone} onChange={set_phone} problem={given.takes_texts === false ? words("reach.phone_ended") : null} />
      <Button type="submit" isDisabled={save.isPending}>
        {words("reach.save")}
      </Button>
    </form>
  );
}
