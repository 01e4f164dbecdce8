/* Serves dist/ with canned answers, so that the pages can be built and looked at without the binary.
   Not part of the product. Usage: node tools/mock_server.mjs [port]; set MOCK_PERSON=new to start without a session. */

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { person_routes, person_account } from "./mock_person.mjs";

const port = Number(process.argv[2] ?? process.env.PORT ?? 8090);
const dist = resolve(new URL("..", import.meta.url).pathname, process.env.HANDRAIL_DIST ?? "dist");
const staff = await import("./mock_staff.mjs").catch((error) => (console.error("No staff half:", error.message), { routes: [], accounts: [] }));

const kinds = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
  ".png": "image/png", ".woff2": "font/woff2", ".json": "application/json", ".webmanifest": "application/manifest+json", ".ico": "image/x-icon" };
const safety = {
  "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
};

const sessions = new Map(); // cookie → account
const streams = new Set();
let event_number = 0;

function publish(event, data) {
  event_number += 1;
  for (const stream of streams) stream.write(`id: ${event_number}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function match(pattern, path) {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params = {};
  for (let i = 0; i < wanted.length; i += 1) {
    if (wanted[i].startsWith(":")) params[wanted[i].slice(1)] = decodeURIComponent(given[i]);
    else if (wanted[i] !== given[i]) return null;
  }
  return params;
}

const problem = (status, title, detail, type = "about:blank") => ({ status, body: { type, title, status, detail } });
const shown = (account) => ({ ...account, password: undefined, code: undefined });

function sign_in(account, answer) {
  const cookie = Math.random().toString(36).slice(2);
  sessions.set(cookie, account);
  answer.headers = { ...answer.headers, "set-cookie": `__Host-handrail=${cookie}; HttpOnly; Secure; SameSite=Lax; Path=/` };
  return answer;
}

const own_routes = [
  { method: "POST", path: "/sign-in", open: true, handle: ({ body }) => {
    const all = [person_account, ...staff.accounts];
    const account = all.find((one) => one.login === body.login && one.password === body.password);
    if (!account) return problem(401, "Not signed in", "The name or the password is not right.");
    if (account.second_factor && !body.code) return problem(403, "Second factor", "Enter the code from your app.", "/problems/second-factor");
    if (account.second_factor && body.code !== account.code) return problem(401, "Not signed in", "The code is not right.");
    return sign_in(account, { status: 200, body: { account: shown(account) } });
  } },
  { method: "POST", path: "/sign-up", open: true, handle: ({ body }) => {
    const account = { ...person_account, display_name: body.display_name || person_account.display_name, login: body.login ?? null };
    return sign_in(account, { status: 201, body: { account: shown(account) } });
  } },
  { method: "GET", path: "/demo/log-ins", open: true, handle: () => ({ status: 200, body: {
    password: "handrail-demo",
    staff: staff.accounts.map(({ login, display_name, role, code }) => ({ login, name: display_name, role, code })),
    people: [{ login: person_account.login, name: person_account.display_name }],
  } }) },
  { method: "POST", path: "/sign-out", handle: ({ cookie }) => (sessions.delete(cookie), { status: 204, headers: { "clear-site-data": '"cookies", "storage"' } }) },
  { method: "GET", path: "/me", handle: ({ account }) => ({ status: 200, body: shown(account) }) },
];
// The session routes come first; then each half's own.
const routes = [...own_routes, ...person_routes, ...staff.routes];

async function read_body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

const cookie_of = (request) => /__Host-handrail=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];

async function answer_api(request, response, url) {
  const path = url.pathname.slice("/api/v1".length);
  const cookie = cookie_of(request);
  const account = sessions.get(cookie);
  if (path === "/events") {
    if (!account) return response.writeHead(401).end();
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", ...safety });
    response.write(": hello\n\n");
    streams.add(response);
    request.on("close", () => streams.delete(response));
    return undefined;
  }
  const body = await read_body(request);
  let answer = problem(404, "Not found", `No ${request.method} ${path} in the mock.`);
  for (const route of routes) {
    const params = route.method === request.method ? match(route.path, path) : null;
    if (!params) continue;
    if (!route.open && !account) answer = problem(401, "Not signed in", "Sign in first.");
    else answer = route.handle({ params, query: Object.fromEntries(url.searchParams), body, account, cookie, publish }) ?? { status: 204 };
    break;
  }
  const type = answer.status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(answer.status, { ...safety, "cache-control": "no-store", ...(answer.body === undefined ? {} : { "content-type": type }), ...answer.headers });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  return undefined;
}

async function answer_file(response, url) {
  let path = normalize(decodeURIComponent(url.pathname));
  if (path === "/") path = "/index.html";
  if (path === "/c" || path === "/s") path = `${path}.html`;
  if (path === "/staff" || path.startsWith("/staff/")) path = "/staff.html";
  try {
    const content = await readFile(join(dist, path));
    const lasting = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    response.writeHead(200, { ...safety, "content-type": kinds[extname(path)] ?? "application/octet-stream", "cache-control": lasting });
    response.end(content);
  } catch {
    response.writeHead(404, safety).end("Not found");
  }
}

createServer((request, response) => {
  const url = new URL(request.url, "http://mock");
  const work = url.pathname.startsWith("/api/v1/") ? answer_api(request, response, url) : answer_file(response, url);
  work.catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));
