import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "../../base/button";
import { get, post, remove } from "../../base/client";
import { Field } from "../../base/field";
import { Human_mark } from "../../base/marks";
import { Empty, Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Shell } from "../shell/shell";
import "./more.css";

export default function Supporters() {
  const t = use_text();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["supporters"], queryFn: ({ signal }) => get("/supporters", { signal }) });
  const [name, set_name] = useState("");
  const [relation, set_relation] = useState("");
  const [wrong, set_wrong] = useState("");
  const refresh = () => queries.invalidateQueries({ queryKey: ["supporters"] });
  const add = useMutation({ mutationFn: () => post("/supporters", { body: { name: name.trim(), relation: relation.trim() } }), onSuccess: () => (set_name(""), set_relation(""), refresh()) });
  const take_off = useMutation({ mutationFn: (id: string) => remove("/supporters/{supporter}", { path: { supporter: id } }), onSuccess: refresh });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") {
      set_wrong(t("supporters.name_wrong"));
      document.getElementById("supporter-name")?.focus();
      return;
    }
    set_wrong("");
    add.mutate();
  };
  return (
    <Shell title={t("supporters.title")} back="/more">
      <h2 className="voice">{t("more.supporters")}</h2>
      <p className="second">{t("supporters.lead")}</p>
      {list.isPending && <Loading what={t("supporters.loading")} />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t("supporters.none")} />}
      {list.data && list.data.items.length > 0 && (
        <ul className="looked">
          {list.data.items.map((one) => (
            <li key={one.id}>
              <Human_mark name={one.name} />
              <div className="grow">
                <strong dir="auto">{one.name}</strong>
                {one.relation && <p className="second" dir="auto">{one.relation}</p>}
                <a className="link" href={`/share.html#${one.id}`}>{t("supporters.shares")}</a>
              </div>
              <Button kind="quiet" aria-label={t("supporters.remove_named", { name: one.name })} onClick={() => take_off.mutate(one.id)}>{t("supporters.remove")}</Button>
            </li>
          ))}
        </ul>
      )}
      {take_off.isError && <Failed error={take_off.error} />}
      <form className="section stack form" onSubmit={submit} noValidate>
        <h2>{t("supporters.add")}</h2>
        <Field id="supporter-name" label={t("supporters.name")} value={name} wrong={wrong || undefined} onChange={(event) => set_name(event.target.value)} />
        <Field label={t("supporters.relation")} value={relation} onChange={(event) => set_relation(event.target.value)} />
        {add.isError && <Failed error={add.error} />}
        <div><Button kind="secondary" type="submit" busy={add.isPending}>{t("supporters.add_button")}</Button></div>
      </form>
    </Shell>
  );
}
