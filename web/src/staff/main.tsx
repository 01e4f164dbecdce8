import { createRoot } from "react-dom/client";
import { load_fonts } from "../base/fonts";
import { apply_theme } from "../base/theme";
import "../base/base.css";
import "./style/staff.css";
import { App } from "./app";

apply_theme();
load_fonts();
const page = document.getElementById("page");
if (page) createRoot(page).render(<App />);
