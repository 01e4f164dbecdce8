import { useState } from "react";
import type { Finding } from "../nouns";
import { use_colleagues, use_looked } from "../server";
import { use_when } from "../when";
import { type WordId, use_words } from "../words";
import { Button } from "./button";
import { Field } from "./field";
import { use_tell } from "./toast";

const ways = ["talked", "arranged", "known", "mistaken"] as const;

/** What one did who looked at what is for soon: one tap takes it off the list, and stands in the record. */
export function LookedAt({ person, findings, done }: { person: string; findings: readonly string[]; done?(): void }) {
  const words = use_words();
  const { tell } = use_tell();
  const looked = use_looked();
  const [because, set_because] = useState<string | null>(null);
  const [problem, set_problem] = useState<string | null>(null);
  const save = (how: (typeof ways)[number] | "nothing", why?: string) =>
    looked.mutate(
      { person, findings: [...findings], looked: how, words: why },
      {
        onSuccess: () => {
          tell(words("looked.saved"));
          set_because(null);
          done?.();
        },
        onError: (told) => tell(told.no_network ? words("staff.no_answer_detail") : told.detail || words("staff.not_done")),
      },
    );
  const save_nothing = () => {
    const why = because?.trim() ?? "";
    if (why === "") return set_problem(words("looked.because_empty"));
    save("nothing", why);
  };
  return (
    <div className="looked" role="group" aria-label={words("looked.what")}>
      {ways.map((way) => (
        <Button key={way} size="s" onPress={() => save(way)} isDisabled={looked.isPending}>
          {words(`looked.${way}`)}
        </Button>
      ))}
      {because === null ? (
        <Button size="s" look="edge" onPress={() => set_because("")} isDisabled={looked.isPending}>
          {words("looked.nothing")}
        </Button>
      ) : (
        <>
          <Field label={words("looked.because")} hint={words("looked.because_hint")} lines={2} value={because} onChange={set_because} problem={problem} />
          <Button size="s" look="primary" onPress={save_nothing} isDisabled={looked.isPending}>
            {words("looked.save")}
          </Button>
        </>
      )}
    </div>
  );
}

/** Who looked, when, and what became of it. */
export function LookedLine({ looked }: { looked: NonNullable<Finding["looked"]> }) {
  const words = use_words();
  const when = use_when();
  const colleagues = use_colleagues();
  const name = colleagues.data?.items.find((one) => one.id === looked.by)?.name ?? words("looked.somebody");
  return (
    <p className="second small">
      {words(`looked.how_${looked.how}` as WordId, { name, at: when.day_and_time(looked.at) })}
      {looked.words && <span className="their-words">. {looked.words}</span>}
    </p>
  );
}
