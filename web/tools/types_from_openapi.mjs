/* Writes src/api/generated.ts from the server's OpenAPI document. Usage: node tools/types_from_openapi.mjs [URL or file] [output] */

import { readFileSync, writeFileSync } from "node:fs";

const source = process.argv[2] ?? "http://127.0.0.1:8080/api/openapi.json";
const target = process.argv[3] ?? new URL("../src/api/generated.ts", import.meta.url).pathname;
const document = /^https?:/.test(source) ? await (await fetch(source)).json() : JSON.parse(readFileSync(source, "utf8"));

const name_of = (reference) => reference.split("/").pop().replace(/[^A-Za-z0-9_]/g, "_");
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const indent = (text) => text.replaceAll("\n", "\n  ");

function type_of(schema) {
  if (!schema || schema === true) return "unknown";
  if (schema.$ref) return name_of(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.oneOf || schema.anyOf) return (schema.oneOf ?? schema.anyOf).map(type_of).join(" | ");
  if (schema.allOf) return schema.allOf.map(type_of).join(" & ");
  const types = [schema.type ?? (schema.properties ? "object" : undefined)].flat();
  const all = types.map((type) => {
    if (type === "array") {
      const item = type_of(schema.items);
      return / [|&] /.test(item) ? `(${item})[]` : `${item}[]`;
    }
    if (type === "object") return object_of(schema);
    return { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" }[type] ?? "unknown";
  });
  return (schema.nullable ? [...all, "null"] : all).join(" | ");
}

function object_of(schema) {
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties ?? {}).map(([name, value]) => `${value.description ? `/** ${value.description.replaceAll("*/", "* /")} */\n` : ""}${key(name)}${required.has(name) ? "" : "?"}: ${type_of(value)};`);
  if (schema.additionalProperties) lines.push(`[name: string]: ${type_of(schema.additionalProperties)};`);
  return lines.length === 0 ? "Record<string, unknown>" : `{\n  ${lines.map(indent).join("\n  ")}\n}`;
}

const json_of = (part) => part?.content && Object.entries(part.content).find(([type]) => type.includes("json"))?.[1]?.schema;
const parts = ["/* Made by tools/types_from_openapi.mjs from the server's OpenAPI document. Do not edit. */", ""];

for (const [name, schema] of Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b))) parts.push(`export type ${name_of(name)} = ${type_of(schema)};`, "");

parts.push("/** For each route what it takes and what it gives. */", "export interface Routes {");
for (const [path, methods] of Object.entries(document.paths ?? {}).sort(([a], [b]) => a.localeCompare(b)))
  for (const [method, route] of Object.entries(methods)) {
    if (!["get", "post", "put", "patch", "delete"].includes(method)) continue;
    const good = Object.entries(route.responses ?? {}).find(([status]) => status.startsWith("2"))?.[1];
    const body = json_of(route.requestBody);
    const answer = json_of(good);
    parts.push(`  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: { body: ${body ? indent(type_of(body)) : "undefined"}; answer: ${answer ? indent(type_of(answer)) : "undefined"} };`);
  }
parts.push("}", "");
writeFileSync(target, parts.join("\n"));
console.log(`${target}: ${Object.keys(document.paths ?? {}).length} paths`);
