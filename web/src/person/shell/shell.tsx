/* The frame of every page for people: the hidden way out, demo strip, top bar, five tabs. */

import { useEffect, useRef, type ReactNode } from "react";
import { ChartLine, ChevronLeft, CircleCheckBig, Ellipsis, LogOut, MessageCircle, NotebookPen, type LucideIcon } from "lucide-react";
import { Demo_strip } from "../../base/demo_strip";
import { Handrail_mark, Icon } from "../../base/icon";
import { use_text } from "../../base/text";
import { href, router } from "../router";
import { use_path } from "../../base/router";
import { use_help_page } from "../spoken";
import { leave, leave_url } from "./leave";
import { Not_kept } from "./not_kept";

const tabs: { path: string; text: string; icon: LucideIcon }[] = [
  { path: "/talk", text: "tab.talk", icon: MessageCircle },
  { path: "/check-in", text: "tab.check_in", icon: CircleCheckBig },
  { path: "/progress", text: "tab.progress", icon: ChartLine },
  { path: "/plan", text: "tab.plan", icon: NotebookPen },
  { path: "/more", text: "tab.more", icon: Ellipsis },
];

interface Shell_props {
  title: string;
  /** Where back leads; no back without it. */
  back?: string;
  /** The service's mark stands before the title: welcome pages only. */
  mark?: boolean;
  /** Under the top bar, full width: who is speaking, what is the matter. */
  under?: ReactNode;
  /** Stays at the foot of the screen, above the tabs. */
  foot?: ReactNode;
  no_tabs?: boolean;
  wide?: boolean;
  /** Set when the page shows its own first heading; the bar's title is then no heading. */
  children: ReactNode;
}

export function Shell({ title, back, mark, under, foot, no_tabs, wide, children }: Shell_props) {
  const t = use_text();
  const main = useRef<HTMLElement>(null);
  const path = use_path(router);

  useEffect(() => {
    // The browser's history shows this to whoever holds the phone: the neutral name, never the service's.
    document.title = `${mark || title === t("app.name") || path.startsWith("/welcome") ? "" : `${title} · `}${t("app.short")}`;
  }, [title, mark, path, t]);

  return (
    <div className={`app${no_tabs ? " no-tabs" : ""}`}>
      <header className="head">
        <a className="unseen skip" href={leave_url()} rel="noreferrer" onClick={(event) => (event.preventDefault(), leave())}>
          {t("leave.hidden")}
        </a>
        <a className="unseen skip" href="#" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
          {t("page.skip")}
        </a>
        <Demo_strip />
        <div className="bar">
          {back !== undefined && (
            <a className="back" href={href(back)} aria-label={t("page.back")}>
              <Icon of={ChevronLeft} size={26} />
            </a>
          )}
          {mark && <span className="service-mark"><Handrail_mark size={26} /></span>}
          <h1 className="bar-title">{title}</h1>
          <button type="button" className="leave" onClick={leave}>
            <Icon of={LogOut} size={20} /> {t("leave.button")}
          </button>
          <a className="help-pill" href={use_help_page()}>{t("help.button")}</a>
        </div>
        <Not_kept />
        {under}
      </header>
      <main className={wide ? "main wide" : "main"} ref={main} tabIndex={-1} key={path}>
        {children}
      </main>
      {foot && <div className="foot" role="region" aria-label={t("page.foot")}>{foot}</div>}
      {!no_tabs && <Tabs />}
    </div>
  );
}

function Tabs() {
  const t = use_text();
  const path = use_path(router);
  const place = path === "/" ? "/talk" : path;
  return (
    <nav className="tabs" aria-label={t("tab.all")}>
      {tabs.map((tab) => (
        <a key={tab.path} href={href(tab.path)} aria-current={place === tab.path || place.startsWith(`${tab.path}/`) ? "page" : undefined}>
          <Icon of={tab.icon} size={21} stroke={1.75} />
          <span>{t(tab.text)}</span>
        </a>
      ))}
    </nav>
  );
}

/** Moves focus to the page's start when the person moved there, never on first load. */
export function use_focus_on_move(): void {
  const path = use_path(router);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }, [path]);
}
