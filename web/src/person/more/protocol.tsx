import { useQuery } from "@tanstack/react-query";
import { get } from "../../base/client";
import { use_language } from "../../base/language";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Shell } from "../shell/shell";
import "./more.css";

const lines_of = (text: string) => text.split(/\n+/).filter(Boolean);

/** What the service does when someone is in danger, made from what it is set to do, and every rule with what shows it. Open to anyone. */
export default function Protocol({ signed_in }: { signed_in: boolean }) {
  const t = use_text();
  const { language } = use_language();
  const page = useQuery({ queryKey: ["protocol", language], queryFn: ({ signal }) => get("/protocol", { query: { language }, signal }) });
  return (
    <Shell title={t("protocol.title")} back={signed_in ? "/more" : "/welcome"} no_tabs={!signed_in}>
      {page.isPending && <Loading what={t("privacy.loading")} />}
      {page.isError && <Failed error={page.error} retry={() => void page.refetch()} />}
      {page.data && (
        <div className="stack" lang={page.data.language}>
          <h2 className="voice">{page.data.title}</h2>
          {page.data.sections.map((section) => (
            <section className="stack close" key={section.heading}>
              <h3>{section.heading}</h3>
              {lines_of(section.text).map((line, at) => <p key={at}>{line}</p>)}
            </section>
          ))}
          <h3>{page.data.fixed_heading}</h3>
          <div>
            {page.data.fixed.map((each) => (
              <details className="fixed-words" key={each.id}>
                <summary>{each.heading}</summary>
                <ul className="plain-list">{lines_of(each.text).map((line, at) => <li key={at}>{line}</li>)}</ul>
              </details>
            ))}
          </div>
          {page.data.rules.length > 0 && (
            <>
              <h3>{page.data.rules_heading}</h3>
              <p>{page.data.rules_text}</p>
              <div>
                {page.data.rules.map((rule) => (
                  <details className="fixed-words" key={rule.id}>
                    <summary lang="en">{`${rule.id} ${rule.says}`}</summary>
                    <ul className="plain-list shown-by">{rule.shown.map((line, at) => <li key={at}>{line}</li>)}</ul>
                  </details>
                ))}
              </div>
            </>
          )}
          <p className="second small">{Object.entries(page.data.versions).map(([name, version]) => `${name} ${version}`).join(", ")}</p>
        </div>
      )}
    </Shell>
  );
}
