/* Where staff pages live. The base router moves; this file knows the addresses. */

import { path_router, use_path } from "../base/router";

const router = path_router("/staff");
let moves = 0;

/** The parts of the address after /staff: ["alerts", "01h…"]. */
export function use_place(): string[] {
  return use_path(router)
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
}

/** Goes to a staff page without loading the document again. */
export function go(path: string, options?: { replace?: boolean }): void {
  if (!options?.replace) moves += 1;
  router.go(path, options);
}

/** Goes back inside the staff pages, or to a page that is surely there. */
export function back(otherwise: string): void {
  if (moves > 0) {
    moves -= 1;
    history.back();
  } else router.go(otherwise, { replace: true });
}

export const href = router.href;

const place = (name: string) => (id: string) => `/${name}/${encodeURIComponent(id)}`;

export const to = {
  caseload: "/caseload",
  live: "/live",
  people: "/people",
  findings: "/findings",
  service: "/service",
  rota: "/rota",
  check_ins: "/check_ins",
  imports: "/imports",
  administration: "/administration",
  texts: "/texts",
  alert: place("alerts"),
  person: place("people"),
  conversation: place("live"),
  section: place("administration"),
};
