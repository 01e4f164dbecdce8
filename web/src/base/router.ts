/* Where the page is. People's pages stand behind "#" (one file serves them offline); staff pages have plain addresses. */

import { useSyncExternalStore } from "react";

export interface Router {
  /** The current path, always with a leading "/" and without the base. */
  path(): string;
  href(path: string): string;
  go(path: string, options?: { replace?: boolean }): void;
  subscribe(listener: () => void): () => void;
}

export function hash_router(): Router {
  return {
    path: () => location.hash.replace(/^#/, "").split("?")[0] || "/",
    href: (path) => `#${path}`,
    go: (path, options) => {
      if (options?.replace) {
        history.replaceState(null, "", `#${path}`);
        dispatchEvent(new HashChangeEvent("hashchange"));
      } else location.hash = path;
    },
    subscribe: (listener) => {
      addEventListener("hashchange", listener);
      return () => removeEventListener("hashchange", listener);
    },
  };
}

/** Plain addresses under `base`, for example "/staff". Links need `follow` as their click handler. */
export function path_router(base: string): Router & { follow(event: { currentTarget: HTMLAnchorElement; preventDefault(): void; metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; button: number }): void } {
  const changed = new EventTarget();
  const router = {
    path: () => location.pathname.slice(base.length) || "/",
    href: (path: string) => `${base}${path === "/" ? "" : path}` || "/",
    go: (path: string, options?: { replace?: boolean }) => {
      history[options?.replace ? "replaceState" : "pushState"](null, "", router.href(path));
      changed.dispatchEvent(new Event("go"));
    },
    subscribe: (listener: () => void) => {
      changed.addEventListener("go", listener);
      addEventListener("popstate", listener);
      return () => {
        changed.removeEventListener("go", listener);
        removeEventListener("popstate", listener);
      };
    },
    follow: (event: { currentTarget: HTMLAnchorElement; preventDefault(): void; metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; button: number }) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      router.go(new URL(event.currentTarget.href).pathname.slice(base.length) || "/");
    },
  };
  return router;
}

export function use_path(router: Router): string {
  return useSyncExternalStore(router.subscribe, router.path);
}

/** The named parts of `path` if it has the form of `pattern` ("/alerts/:id"), else null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, word] of wanted.entries()) {
    const part = given[index] ?? "";
    if (word.startsWith(":")) {
      if (part === "") return null;
      parts[word.slice(1)] = decodeURIComponent(part);
    } else if (word !== part) return null;
  }
  return parts;
}
