import { Keyboard, Search } from "lucide-react";
import { Icon } from "../../base/icon";
import { KeyCap } from "../keys/keys";
import type { Account } from "../nouns";
import { use_words } from "../words";
import { may } from "./role";

interface Props {
  me: Account;
  demo: boolean;
  open(sheet: "palette" | "keys"): void;
}

/** Find, and the keys. */
export function TopBar({ me, demo, open }: Props) {
  const words = use_words();
  return (
    <header className="top">
      <button type="button" className="find" onClick={() => open("palette")}>
        <Icon of={Search} size={17} stroke={1.75} />
        <span>{may(me, "people") ? words("shell.find") : words("shell.find_action")}</span>
        <KeyCap>Ctrl K</KeyCap>
      </button>
      <span className="top-space" />
      {demo && <span className="demo-chip">{words("demo.strip")}</span>}
      <button type="button" className="top-keys" onClick={() => open("keys")}>
        <Icon of={Keyboard} size={18} stroke={1.75} />
        {words("shell.keys")}
        <KeyCap>?</KeyCap>
      </button>
    </header>
  );
}
