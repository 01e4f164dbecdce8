/* Writes src/api/generated.ts from the server's OpenAPI document:
     build/release/handrail openapi | node web/tools/types_from_openapi.mjs
   Usage: node tools/types_from_openapi.mjs [document, "-" for standard input] [output, "-" for standard output] */

import { readFileSync, writeFileSync } from "node:fs";

const source = process.argv[2] ?? "-";
const target = process.argv[3] ?? new URL("../src/api/generated.ts", import.meta.url).pathname;
const document = JSON.parse(readFileSync(source === "-" ? 0 : source, "utf8"));

const name_of = (reference) => reference.split("/").pop();
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const indent = (text) => text.replaceAll("\n", "\n  ");
const comment = (text) => (text ? `/** ${text.replaceAll("*/", "* /")} */\n` : "");
const choice = (all) => [...new Set(all)].join(" | ");

function list_of(item, exactly) {
  if (exactly !== undefined) return `[${Array(exactly).fill(item).join(", ")}]`;
  return / [|&] /.test(item) ? `(${item})[]` : `${item}[]`;
}

/** Everything the server's documents use; anything else stops the build rather than become `unknown`. */
function type_of(schema) {
  if (schema.$ref) return name_of(schema.$ref);
  if (schema.enum) return choice(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.anyOf) return choice(schema.anyOf.map(type_of));
  switch (schema.type) {
    case "array":
      return list_of(type_of(schema.items), schema.minItems !== undefined && schema.minItems === schema.maxItems ? schema.minItems : undefined);
    case "object":
      return object_of(schema);
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case undefined:
      return "unknown"; // a field that is declared as any JSON
    default:
      throw new Error(`The document has a type that is not known here: ${JSON.stringify(schema)}`);
  }
}

function object_of(schema) {
  const required = new Set(schema.required ?? []);
  const lines = Object.entries(schema.properties ?? {}).map(([name, value]) => `${comment(value.description)}${key(name)}${required.has(name) ? "" : "?"}: ${type_of(value)};`);
  if (schema.additionalProperties) return `Record<string, ${type_of(schema.additionalProperties)}>`;
  return `{\n  ${lines.map(indent).join("\n  ")}\n}`;
}

const json_of = (part) => part?.content?.["application/json"]?.schema;
const by_name = ([a], [b]) => (a < b ? -1 : 1);

/** The parameters of one place ("path", "query") as an object type. */
function parameters_of(route, place) {
  const found = (route.parameters ?? []).filter((one) => one.in === place);
  if (found.length === 0) return "undefined";
  const fields = found.map((one) => `${key(one.name)}${one.required ? "" : "?"}: ${place === "path" ? "string" : type_of(one.schema)}`);
  return `{ ${fields.join("; ")} }`;
}

const parts = ["/* Made by tools/types_from_openapi.mjs from the document that `handrail openapi` prints. Do not edit. */", ""];

for (const [name, schema] of Object.entries(document.components.schemas).sort(by_name)) parts.push(`${comment(schema.description)}export type ${name} = ${type_of(schema)};`, "");

parts.push("/** For each route what it takes and what it gives. */", "export interface Routes {");
for (const [path, methods] of Object.entries(document.paths).sort(by_name))
  for (const [method, route] of Object.entries(methods).sort(by_name)) {
    const good = Object.entries(route.responses).find(([status]) => status.startsWith("2"))?.[1];
    const body = json_of(route.requestBody);
    const answer = json_of(good);
    parts.push(`  ${comment(route.summary).replace("\n", "\n  ")}${JSON.stringify(`${method.toUpperCase()} ${path}`)}: {`);
    parts.push(`    path: ${parameters_of(route, "path")};`, `    query: ${parameters_of(route, "query")};`);
    parts.push(`    body: ${body ? indent(indent(type_of(body))) : "undefined"};`, `    answer: ${answer ? indent(indent(type_of(answer))) : "undefined"};`, "  };");
  }
parts.push("}", "");

if (target === "-") process.stdout.write(parts.join("\n"));
else writeFileSync(target, parts.join("\n"));
