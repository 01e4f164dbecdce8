import { useQuery } from "@tanstack/react-query";
import { get } from "../../base/client";
import { Failed, Loading } from "../../base/states";
import { use_text } from "../../base/text";
import { Shell } from "../shell/shell";
import "./more.css";

interface Protocol_page {
  title: string;
  sections: { heading: string; text: string }[];
  versions: Record<string, string>;
}

/** What the service does when someone is in danger, made from what it is set to do. Open to anyone. */
export default function Protocol({ signed_in }: { signed_in: boolean }) {
  const t = use_text();
  const page = useQuery({ queryKey: ["protocol"], queryFn: ({ signal }) => get<Protocol_page>("/protocol", { signal }) });
  return (
    <Shell title={t("protocol.title")} back={signed_in ? "/more" : "/welcome"} no_tabs={!signed_in}>
      {page.isPending && <Loading what={t("privacy.loading")} />}
      {page.isError && <Failed error={page.error} retry={() => void page.refetch()} />}
      {page.data && (
        <>
          <h2 className="voice">{page.data.title}</h2>
          {page.data.sections.map((section) => (
            <section key={section.heading} className="stack close">
              <h3>{section.heading}</h3>
              {section.text.split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}
            </section>
          ))}
          <p className="second small">{Object.entries(page.data.versions).map(([name, version]) => `${name} ${version}`).join(", ")}</p>
        </>
      )}
    </Shell>
  );
}
