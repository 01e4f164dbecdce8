import { useState, type FormEvent } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SafeContact } from "../../api/generated";
import { Button } from "../../base/button";
import { type Body, get, put } from "../../base/client";
import { Field, Problems, Text_field } from "../../base/field";
import { as_problem } from "../../base/problem";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Yes_no } from "../parts";
import { Shell } from "../shell/shell";
import "./more.css";

export default function Contact() {
  const t = use_text();
  const contact = useQuery({ queryKey: ["safe-contact"], queryFn: ({ signal }) => get("/safe-contact", { signal }) });
  if (contact.data) return <Form given={contact.data} />;
  return (
    <Shell title={t("contact.title")} back="/more">
      {contact.isPending && <Loading what={t("contact.loading")} />}
      {contact.isError && <Failed error={contact.error} retry={() => void contact.refetch()} />}
    </Shell>
  );
}

const none = { name: "", relation: "", phone: "", may_call: false };

function Form({ given }: { given: SafeContact }) {
  const t = use_text();
  const queries = useQueryClient();
  const [form, set_form] = useState({ ...given, emergency_contact: given.emergency_contact ?? none });
  const [wrong, set_wrong] = useState<{ id: string; text: string }[]>([]);
  const [state, set_state] = useState<"" | "busy" | "saved">("");

  const field = (name: "phone" | "email" | "times" | "address" | "medicines") => ({
    id: `contact-${name}`,
    value: form[name] ?? "",
    onChange: (event: { target: { value: string } }) => (set_state(""), set_form({ ...form, [name]: event.target.value })),
  });
  const emergency = (name: "name" | "relation" | "phone") => ({
    id: `emergency-${name}`,
    value: form.emergency_contact[name],
    onChange: (event: { target: { value: string } }) => (set_state(""), set_form({ ...form, emergency_contact: { ...form.emergency_contact, [name]: event.target.value } })),
  });
  const problem_of = (id: string) => wrong.find((one) => one.id === id)?.text;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const person = form.emergency_contact;
    const found = [];
    if (form.phone && !/\d{3}/.test(form.phone)) found.push({ id: "contact-phone", text: t("contact.phone_wrong") });
    if (person.name && !person.phone) found.push({ id: "emergency-phone", text: t("contact.emergency_phone_wrong") });
    set_wrong(found);
    if (found.length > 0) return;
    set_state("busy");
    const given_text = (text: string | null | undefined) => text?.trim() || undefined;
    const body: Body<"PUT", "/safe-contact"> = {
      phone: given_text(form.phone), email: given_text(form.email), times: given_text(form.times), address: given_text(form.address), medicines: given_text(form.medicines),
      voicemail_ok: form.voicemail_ok, text_ok: form.text_ok, ...(person.name.trim() ? { emergency_contact: person } : {}),
    };
    try {
      queries.setQueryData(["safe-contact"], await put("/safe-contact", { body }));
      set_state("saved");
    } catch (error) {
      set_state("");
      const problem = as_problem(error);
      set_wrong([{ id: "contact-phone", text: problem.may_pass || !problem.detail ? t("contact.not_saved") : problem.detail }]);
    }
  };

  return (
    <Shell title={t("contact.title")} back="/more">
      <h2 className="voice">{t("more.contact")}</h2>
      <p className="second">{t("contact.lead")}</p>
      <form className="stack form" onSubmit={(event) => void save(event)} noValidate>
        <Problems of={wrong} />
        <Field label={t("contact.phone")} hint={t("contact.phone_hint")} type="tel" autoComplete="tel" wrong={problem_of("contact-phone")} {...field("phone")} />
        <Field label={t("contact.times")} hint={t("contact.times_hint")} {...field("times")} />
        <div>
          <Yes_no on={form.voicemail_ok} onChange={(voicemail_ok) => (set_state(""), set_form({ ...form, voicemail_ok }))}>{t("contact.voicemail")}</Yes_no>
          <Yes_no on={form.text_ok} onChange={(text_ok) => (set_state(""), set_form({ ...form, text_ok }))}>{t("contact.text")}</Yes_no>
        </div>
        <Field label={t("contact.email")} type="email" autoComplete="email" {...field("email")} />
        <Text_field label={t("contact.address")} hint={t("contact.address_hint")} autoComplete="street-address" rows={2} {...field("address")} />
        <Text_field label={t("contact.medicines")} hint={t("contact.medicines_hint")} rows={2} {...field("medicines")} />
        <fieldset className="section stack">
          <legend><h2>{t("contact.emergency")}</h2></legend>
          <p className="second">{t("contact.emergency_lead")}</p>
          <Field label={t("contact.emergency_name")} {...emergency("name")} />
          <Field label={t("contact.emergency_relation")} {...emergency("relation")} />
          <Field label={t("contact.emergency_phone")} type="tel" wrong={problem_of("emergency-phone")} {...emergency("phone")} />
          <Yes_no on={form.emergency_contact.may_call} onChange={(may_call) => (set_state(""), set_form({ ...form, emergency_contact: { ...form.emergency_contact, may_call } }))}>{t("contact.may_call")}</Yes_no>
        </fieldset>
        <Button kind="primary" wide type="submit" busy={state === "busy"}>{t("contact.save")}</Button>
        <p role="status">{state === "saved" ? t("word.saved") : ""}</p>
      </form>
    </Shell>
  );
}
