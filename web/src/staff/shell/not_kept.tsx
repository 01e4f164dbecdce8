import { use_watched_keeping } from "../../base/keeping";
import type { Account } from "../nouns";
import { use_when } from "../when";
import { use_words } from "../words";

/** A bar across the page while the record cannot be written: what people write now reaches nobody through it. */
export function NotKept({ phone, role }: { phone: string | null; role: Account["role"] }) {
  const words = use_words();
  const when = use_when();
  const since = use_watched_keeping();
  if (!since) return null;
  return (
    <div className="not-live" role="alert">
      <strong>{words("shell.not_kept", { clock: when.time(since) })}</strong> {words("shell.not_kept_what")}{" "}
      {role === "administrator" ? words("shell.not_kept_state") : phone ? words.with("shell.not_kept_phone", { phone: <bdi key="phone" className="number">{phone}</bdi> }) : words("shell.not_kept_no_phone")}
    </div>
  );
}
