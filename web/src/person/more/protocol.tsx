import { useQuery } from "@tanstack/react-query";
import { get } from "../../base/client";
import { use_language } from "../../base/language";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Shell } from "../shell/shell";
import "./more.css";

/** Fixed words have an id, "now.suicide.self": folded, so that the page can be read at a glance. */
function Section({ heading, lines }: { heading: string; lines: readonly string[] }) {
  const id = /^(\w+)\.(\w+)(?:\.(\w+))?$/.exec(heading);
  if (!id)
    return (
      <section className="stack close">
        <h3>{heading}</h3>
        {lines.map((line, at) => <p key={at}>{line}</p>)}
      </section>
    );
  const title = [id[1], id[2], id[3]].filter(Boolean).join(", ").replaceAll("_", " ");
  return (
    <details className="fixed-words">
      <summary>{title.charAt(0).toUpperCase() + title.slice(1)}</summary>
      <ul className="plain-list">{lines.map((line, at) => <li key={at}>{line}</li>)}</ul>
    </details>
  );
}

/** What the service does when someone is in danger, made from what it is set to do. Open to anyone. */
export default function Protocol({ signed_in }: { signed_in: boolean }) {
  const t = use_text();
  const { language } = use_language();
  const page = useQuery({ queryKey: ["protocol"], queryFn: ({ signal }) => get("/protocol", { signal }) });
  return (
    <Shell title={t("protocol.title")} back={signed_in ? "/more" : "/welcome"} no_tabs={!signed_in}>
      {page.isPending && <Loading what={t("privacy.loading")} />}
      {page.isError && <Failed error={page.error} retry={() => void page.refetch()} />}
      {page.data && (
        <>
          {language !== "en" && <p className="second">{t("page.in_english")}</p>}
          <div className="stack" lang="en">
          <h2 className="voice">{page.data.title}</h2>
          {page.data.sections.map((section) => (
            <Section key={section.heading} heading={section.heading} lines={section.text.split(/\n+/).filter(Boolean)} />
          ))}
          <p className="second small">{Object.entries(page.data.versions).map(([name, version]) => `${name} ${version}`).join(", ")}</p>
          </div>
        </>
      )}
    </Shell>
  );
}
