import { useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { use_words } from "../words";
import { type StaffAccount, use_change_account } from "./desk";
import { use_told } from "./told";

/** Where alerts reach a member of staff at work. */
export function Reach({ account }: { account: StaffAccount }) {
  const words = use_words();
  const told = use_told();
  const change = use_change_account();
  const [mail, set_mail] = useState(account.work_mail ?? "");
  const [phone, set_phone] = useState(account.work_phone ?? "");
  const changed = mail !== (account.work_mail ?? "") || phone !== (account.work_phone ?? "");
  return (
    <details>
      <summary>{account.work_mail || account.work_phone || <strong>{words("accounts.no_reach")}</strong>}</summary>
      <Field label={words("accounts.work_mail", { name: account.display_name })} type="email" value={mail} onChange={set_mail} />
      <Field label={words("accounts.work_phone", { name: account.display_name })} type="tel" value={phone} onChange={set_phone} />
      <Button size="s" isDisabled={!changed || change.isPending} onPress={() => change.mutate({ id: account.id, work_mail: mail.trim(), work_phone: phone.trim() }, told(words("accounts.changed", { name: account.display_name })))}>
        {words("accounts.save_reach")}
      </Button>
    </details>
  );
}
