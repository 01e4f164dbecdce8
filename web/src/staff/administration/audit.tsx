import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Empty, Failed, Loading } from "../../base/states";
import { Button } from "../parts/button";
import { Field, Pick } from "../parts/field";
import { use_when } from "../when";
import { use_words } from "../words";
import { audit_page, use_accounts, use_verify } from "./desk";
import { Head } from "./head";

/** Who saw or changed what. Nobody can change this list; whether somebody did can be tested. */
export function Audit() {
  const words = use_words();
  const when = use_when();
  const accounts = use_accounts();
  const verify = use_verify();
  const [account, set_account] = useState("");
  const [deed, set_deed] = useState("");
  const entries = useInfiniteQuery({ queryKey: ["admin-audit", account, deed], queryFn: ({ pageParam }) => audit_page({ account, deed }, pageParam), initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next ?? undefined });
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Head title={words("admin.audit")} lead={words("audit.lead")} />
      <div className="block form-row">
        <Pick label={words("audit.who")} value={account} onChange={set_account} none={words("audit.everyone")} options={(accounts.data?.items ?? []).map((one) => ({ id: one.id, text: one.display_name }))} />
        <Field label={words("audit.deed")} value={deed} onChange={(next) => set_deed(next.trim())} placeholder={words("audit.deed_example")} />
        <Button onPress={() => verify.mutate(null)} isDisabled={verify.isPending}>
          {words(verify.isPending ? "audit.verifying" : "audit.verify")}
        </Button>
      </div>
      {verify.data?.ok && (
        <p className="notice" role="status">
          {words("audit.whole", { n: verify.data.entries })}
        </p>
      )}
      {verify.data && !verify.data.ok && <Failed title={words("audit.broken")} safe={[...(verify.data.problems ?? []).slice(0, 5), words("audit.broken_what")].join(" ")} />}
      {verify.isError && <Failed title={words("audit.not_verified")} error={verify.error} />}
      {entries.isPending && <Loading what={words("admin.loading")} />}
      {entries.isError && items.length === 0 && <Failed title={words("audit.failed")} safe={words("audit.nobody_hides")} retry={() => void entries.refetch()} />}
      {entries.data && items.length === 0 && <Empty title={words("audit.none")} />}
      {items.length > 0 && (
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{words("audit.at")}</th>
              <th scope="col">{words("audit.who")}</th>
              <th scope="col">{words("audit.deed")}</th>
              <th scope="col">{words("audit.about")}</th>
              <th scope="col">{words("audit.lane")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((entry) => (
              <tr key={`${entry.lane}-${entry.sequence}`}>
                <td className="second nowrap">
                  {when.short_day(entry.at)} {when.exact(entry.at)}
                </td>
                <td>
                  {entry.who ?? words("audit.service")} {entry.role && <span className="faint">{words(`role.${entry.role}`)}</span>}
                </td>
                <td>{entry.deed.replace(/_/g, " ")}</td>
                <td>{entry.about}</td>
                <td>
                  <code>
                    {entry.lane} {entry.sequence}
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entries.hasNextPage && (
        <div>
          <Button onPress={() => void entries.fetchNextPage()} isDisabled={entries.isFetchingNextPage}>
            {words("timeline.older")}
          </Button>
        </div>
      )}
    </>
  );
}
