import "../base/base.css";
import "./shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { QueryClientProvider } from "@tanstack/react-query";
import base from "../messages/en.base.json";
import person from "../messages/en.json";
import { load_fonts } from "../base/fonts";
import { make_queries } from "../base/queries";
import { apply_theme } from "../base/theme";
import { Texts } from "../base/text";
import { App } from "./app";

apply_theme();
load_fonts();

// English words; days and hours as this device writes them.
const locale = navigator.languages.find((one) => one.startsWith("en-")) ?? "en-GB";

const place = document.getElementById("page");
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={make_queries()}>
        <Texts locale={locale} messages={{ ...base, ...person }}>
          <App />
        </Texts>
      </QueryClientProvider>
    </StrictMode>,
  );

// The worker keeps the page's own files and Get help now, nothing about the person.
if ("serviceWorker" in navigator) addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined));
