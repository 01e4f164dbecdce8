/* What the page of imports asks of the server. */

import { useQuery } from "@tanstack/react-query";
import { type Answer, type Body, get, post } from "../../base/client";
import { use_change } from "../server";

export type Preview = Answer<"POST", "/imports/preview">;
export type File_body = Body<"POST", "/imports">;
export type Mapping = Preview["mapping"];

export const use_imports = () => useQuery({ queryKey: ["imports"], queryFn: () => get("/imports") });

const again = (queries: { invalidateQueries(filter: { queryKey: string[] }): Promise<void> }) => void queries.invalidateQueries({ queryKey: ["imports"] });

/** Reads the file as it is, by the mapping that stands on the page or by the one the server finds. Nothing is stored. */
export const use_preview = () => use_change((body: Body<"POST", "/imports/preview">, key) => post("/imports/preview", { body, key }));
export const use_take = () => use_change((body: File_body, key) => post("/imports", { body, key, within: 300_000 }), again);
export const use_undo = () => use_change((id: string, key) => post("/imports/{import}/undo", { path: { import: id }, key, within: 300_000 }), again);
