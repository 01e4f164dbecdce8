import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, TextField } from "react-aria-components";
import { Urgency_mark } from "../../base/marks";
import { apply_theme } from "../../base/theme";
import type { Account } from "../nouns";
import { Sheet } from "../parts/sheet";
import { go, to } from "../route";
import { use_people } from "../server";
import { use_words } from "../words";
import { areas_of, may } from "./role";
import { sign_out } from "./sign_out";

interface Props {
  me: Account;
  open: boolean;
  close(): void;
  toggle_words(): void;
  show_keys(): void;
}

/** Find a person or do a thing, from anywhere. */
export function Palette(props: Props) {
  const words = use_words();
  return (
    <Sheet title={words("palette.title")} open={props.open} close={props.close}>
      <Inside {...props} />
    </Sheet>
  );
}

function Inside({ me, close, toggle_words, show_keys }: Props) {
  const words = use_words();
  const queries = useQueryClient();
  const [asked, set_asked] = useState("");
  const people = use_people(asked, may(me, "people") && asked.trim().length >= 2);

  const deeds: { id: string; text: string; act(): void }[] = [
    ...areas_of(me).map((area) => ({ id: `go-${area}`, text: words("palette.go", { place: words(`shell.${area}`) }), act: () => go(to[area]) })),
    { id: "hide", text: words("keys.hide_words"), act: toggle_words },
    { id: "keys", text: words("keys.overlay"), act: show_keys },
    { id: "light", text: words("palette.light"), act: () => apply_theme("light") },
    { id: "dark", text: words("palette.dark"), act: () => apply_theme("dark") },
    { id: "device", text: words("palette.device"), act: () => apply_theme("device") },
    { id: "out", text: words("me.sign_out"), act: () => void sign_out(queries) },
  ];
  const wanted = asked.trim().toLocaleLowerCase();
  const found = deeds.filter((deed) => deed.text.toLocaleLowerCase().includes(wanted));
  const persons = wanted.length >= 2 ? (people.data?.items ?? []).slice(0, 8) : [];

  return (
    <Autocomplete inputValue={asked} onInputChange={set_asked}>
      <TextField aria-label={words("shell.find")} autoFocus className="palette-field">
        <Input className="input" placeholder={may(me, "people") ? words("shell.find") : words("shell.find_action")} />
      </TextField>
      <ListBox
        aria-label={words("palette.found")}
        className="palette-list"
        selectionMode="none"
        renderEmptyState={() => <p className="faint palette-none">{words("palette.none")}</p>}
        onAction={(key) => {
          close();
          const person = persons.find((one) => one.person === key);
          if (person) go(person.alert ? to.alert(person.alert) : to.person(person.person));
          else deeds.find((deed) => deed.id === key)?.act();
        }}
      >
        {[
          ...persons.map((person) => (
            <ListBoxItem key={person.person} id={person.person} textValue={person.name} className="palette-item">
              <strong>{person.name}</strong> <span className="faint">{person.age_band}</span>
              <Urgency_mark urgency={person.urgency} />
            </ListBoxItem>
          )),
          ...found.map((deed) => (
            <ListBoxItem key={deed.id} id={deed.id} textValue={deed.text} className="palette-item">
              {deed.text}
            </ListBoxItem>
          )),
        ]}
      </ListBox>
    </Autocomplete>
  );
}
