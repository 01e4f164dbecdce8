import { use_service } from "./service";
import { use_text } from "./text";

/** Stands on every page of a demo, so that nobody takes it for the real thing. */
export function Demo_strip() {
  const t = use_text();
  const service = use_service();
  if (!service.data?.demo) return null;
  return <p className="demo">{t("demo.strip")}</p>;
}
