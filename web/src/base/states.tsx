/* The four states every page knows besides full. */

import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { Button } from "./button";
import { as_problem } from "./problem";
import { use_text } from "./text";

export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="state empty">
      <p className="title">{title}</p>
      {children}
    </div>
  );
}

/** Nothing for 400 ms, then still shapes. */
export function Loading({ what }: { what: string }) {
  const [late, set_late] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set_late(true), 400);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="state loading" role="status">
      <p className="title">{what}</p>
      <i /><i /><i />
    </div>
  );
}

/** `title`: what did not happen. `safe`: what is safe and what happens next. */
export function Failed({ title, safe, retry, error }: { title?: string; safe?: ReactNode; retry?: () => void; error?: unknown }) {
  const t = use_text();
  const problem = error === undefined ? undefined : as_problem(error);
  const offline = use_offline();
  if (problem?.no_network && offline) return <Offline>{safe}</Offline>;
  return (
    <div className="state failed" role="alert">
      <p className="title">{title ?? t("state.failed")}</p>
      <p>{safe ?? (problem && problem.status >= 400 && problem.status < 500 && problem.detail ? problem.detail : t("state.failed_safe"))}</p>
      {retry && <Button onClick={retry}>{t("state.try_now")}</Button>}
    </div>
  );
}

export function Offline({ children }: { children?: ReactNode }) {
  const t = use_text();
  return (
    <div className="state offline" role="status">
      <p className="title">{t("state.offline")}</p>
      <p>{children ?? t("state.offline_what")}</p>
    </div>
  );
}

export function Notice({ kind = "plain", children, ...rest }: { kind?: "plain" | "human" | "failed" | "offline"; children: ReactNode; role?: "status" | "alert" }) {
  return <div className={`notice ${kind}`} {...rest}>{children}</div>;
}

/** True while the browser says that it has no network. */
export function use_offline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener("online", listener);
      addEventListener("offline", listener);
      return () => {
        removeEventListener("online", listener);
        removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine === false,
  );
}
