import "../base/base.css";
import "./shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { QueryClientProvider } from "@tanstack/react-query";
import { get } from "../base/client";
import { load_fonts } from "../base/fonts";
import { first_language } from "../base/language";
import { make_queries } from "../base/queries";
import { apply_theme } from "../base/theme";
import { App } from "./app";
import { Spoken } from "./spoken";

apply_theme();
load_fonts();

function begin(): void {
  const place = document.getElementById("page");
  if (place)
    createRoot(place).render(
      <StrictMode>
        <QueryClientProvider client={make_queries()}>
          <Spoken>
            <App />
          </Spoken>
        </QueryClientProvider>
      </StrictMode>,
    );
}

// English is here already; another language is waited for, so that nobody reads the page twice.
const offered = () => get("/service", { within: 4000 }).then((service) => service.languages, () => null);
const language = first_language(offered);
if (language) void language.finally(begin);
else begin();

// The worker keeps the page's own files and Get help now, nothing about the person.
if ("serviceWorker" in navigator) addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined));
