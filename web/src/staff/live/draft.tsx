import { Ai_mark } from "../../base/marks";
import { KeyCap, use_keys } from "../keys/keys";
import type { Draft } from "../nouns";
import { Button } from "../parts/button";
import { use_words } from "../words";

/** What the AI would say. It stands above the field until a human uses it, changes it and sends it as their own. */
export function DraftOffer({ draft, use }: { draft: Draft; use(text: string): void }) {
  const words = use_words();
  const offered = draft.fixed || draft.text;
  use_keys({ u: () => use(offered) });
  return (
    <section className="draft" aria-label={words("live.draft")}>
      <div className="draft-head">
        <Ai_mark small />
        <h2>{words(draft.fixed ? "live.draft_fixed" : "live.draft")}</h2>
        <span className="head-space" />
        <span className="draft-keys second small">
          <KeyCap>Esc</KeyCap> {words("live.draft_then")}
        </span>
        <Button size="s" look="edge" onPress={() => use(offered)} hint="U">
          {words("live.draft_use")}
        </Button>
      </div>
      <p className="draft-words" dir="auto" tabIndex={0}>
        {offered}
      </p>
    </section>
  );
}
