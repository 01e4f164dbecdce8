// The real `openai` package against the real gateway, and a language model's service that misbehaves by its script. Prints the
// port of that service, reads one line {"url","key"}, prints "ok …" or "FAILED …" for each check.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const OpenAI = require("openai").default ?? require("openai");

const in_danger = "I am going to kill myself tonight. The pills are in my hand.";
let failures = 0;
const check = (what, holds, detail = "") => {
  if (!holds) failures += 1;
  console.log(`${holds ? "ok     " : "FAILED "} ${what}${holds ? "" : `: ${String(detail).slice(0, 500)}`}`);
};

// The scripted service.
let script = (request, answer) => answer.end();
let calls = 0;
let asked = {};
const upstream = createServer((request, answer) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    calls += 1;
    asked = { body, headers: request.headers };
    script(request, answer);
  });
});
const chunk = (delta, finish = null, index = 0, more = {}) =>
  `data: ${JSON.stringify({ id: "chatcmpl-up", object: "chat.completion.chunk", created: 1700000000, model: "small-1", choices: [{ index, delta, finish_reason: finish }], ...more })}\n\n`;
const events = (answer) => answer.writeHead(200, { "Content-Type": "text/event-stream" });
const whole = (message, finish = "stop") => (request, answer) => {
  answer.writeHead(200, { "Content-Type": "application/json" });
  answer.end(JSON.stringify({ id: "chatcmpl-up", object: "chat.completion", created: 1700000000, model: "small-1", choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: finish }], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }));
};
const streamed = (text) => (request, answer) => {
  events(answer);
  answer.end(text);
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const caught = async (promise) => {
  try {
    await promise;
    return null;
  } catch (error) {
    return error;
  }
};

const ask = (words, more = {}) => ({ model: "small", messages: [{ role: "user", content: words }], ...more });
const collect = async (stream) => {
  let text = "";
  const calls_of = {};
  let usage = null;
  let finish = null;
  for await (const part of stream) {
    usage = part.usage ?? usage;
    for (const choice of part.choices) {
      if (choice.index === 0) text += choice.delta.content ?? "";
      finish = choice.finish_reason ?? finish;
      for (const call of choice.delta.tool_calls ?? []) {
        calls_of[call.index] ??= { name: call.function.name, arguments: "" };
        calls_of[call.index].arguments += call.function.arguments;
      }
    }
  }
  return { text, calls: calls_of, usage, finish };
};

async function ordinary(client) {
  script = whole({ content: "Try the soup with lentils." });
  const { data, response } = await client.chat.completions.create(ask("What shall I cook?", { temperature: 1.0 })).withResponse();
  check("an answer comes back", data.choices[0].message.content === "Try the soup with lentils.", JSON.stringify(data));
  check("with usage, and the headers of the gateway", data.usage.total_tokens === 7 && response.headers.get("x-handrail-action") === "passed" && response.headers.get("x-handrail-urgency") === "usual");
  check("and a request id", Boolean(data._request_id), data._request_id);
  check("the caller's key does not reach the model's service", asked.headers.authorization === undefined, asked.headers.authorization);
  check("models are listed", (await client.models.list()).data.some((each) => each.id === "small"));
  check("one model is told", (await client.models.retrieve("small")).id === "small");
  const moderated = await client.moderations.create({ input: [in_danger, "Good morning to all of you"] });
  check("moderations tell danger from none", moderated.results[0].flagged && !moderated.results[1].flagged);
  script = streamed(chunk({ role: "assistant", content: "" }) + chunk({ content: "Soup \u{1F345}. " }) + chunk({ content: "Then bread." }) + chunk({}, "stop") + `data: ${JSON.stringify({ id: "chatcmpl-up", choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } })}\n\n` + "data: [DONE]\n\n");
  const told = await collect(await client.chat.completions.create(ask("Hello there", { stream: true, stream_options: { include_usage: true } })));
  check("a stream comes whole, with usage", told.text === "Soup \u{1F345}. Then bread." && told.usage?.total_tokens === 3 && told.finish === "stop", JSON.stringify(told));
  script = whole({ content: JSON.stringify({ dish: "soup" }) });
  const parsed = await client.chat.completions.parse(ask("What shall I cook?", { response_format: { type: "json_schema", json_schema: { name: "d", strict: true, schema: { type: "object", properties: { dish: { type: "string" } }, required: ["dish"], additionalProperties: false } } } }));
  check("structured answers are read", parsed.choices[0].message.content === '{"dish":"soup"}');
}

async function danger(client) {
  calls = 0;
  const { data, response } = await client.chat.completions.create(ask(in_danger), { headers: { "x-handrail-country": "IE" } }).withResponse();
  check("danger gets help with the country's number", data.choices[0].message.content.includes("112"), data.choices[0].message.content);
  check("and says so to apps that look", response.headers.get("x-handrail-urgency") === "now; category=suicide" && data.handrail.action === "replaced");
  const told = await collect(await client.chat.completions.create(ask(in_danger, { stream: true })));
  check("as a stream too", told.text.length > 50 && told.finish === "stop", JSON.stringify(told));
  const schema = { type: "object", properties: { mood: { type: "string", enum: ["low", "high"] }, reply: { type: "string" } }, required: ["mood", "reply"], additionalProperties: false };
  const shaped = await client.chat.completions.parse(ask(in_danger, { response_format: { type: "json_schema", json_schema: { name: "r", strict: true, schema } } }));
  check("inside a schema", JSON.parse(shaped.choices[0].message.content).reply.length > 50);
  const called = await client.chat.completions.create(ask(in_danger, { tools: [{ type: "function", function: { name: "say", parameters: { type: "object", properties: { text: { type: "string" } } } } }], tool_choice: { type: "function", function: { name: "say" } } }));
  check("inside the call of a tool that is asked for", JSON.parse(called.choices[0].message.tool_calls[0].function.arguments).text.length > 50);
  check("and the model is not asked", calls === 0, calls);
}

async function tools(client) {
  const parts = [chunk({ role: "assistant", content: null, tool_calls: [{ index: 0, id: "call_1", type: "function", function: { name: "look", arguments: "" } }] }), chunk({ tool_calls: [{ index: 0, function: { arguments: '{"q":' } }] }), chunk({ tool_calls: [{ index: 0, function: { arguments: '"rain"}' } }] }), chunk({}, "tool_calls"), "data: [DONE]\n\n"];
  script = streamed(parts.join(""));
  const told = await collect(await client.chat.completions.create(ask("Does it rain?", { stream: true })));
  check("calls of tools come through a stream", told.calls[0]?.name === "look" && told.calls[0].arguments === '{"q":"rain"}' && told.finish === "tool_calls", JSON.stringify(told));
  const answered = client.chat.completions.stream(ask("Does it rain?"));
  check("and the package's own collector reads them", (await answered.finalChatCompletion()).choices[0].message.tool_calls[0].function.arguments === '{"q":"rain"}');
}

async function misbehaving(client, keyless) {
  calls = 0;
  script = (request, answer) => {
    if (calls === 1) {
      answer.writeHead(500, { "Content-Type": "application/json" });
      answer.end('{"error":{"message":"overloaded"}}');
    } else whole({ content: "Second time." })(request, answer);
  };
  const second = await client.chat.completions.create(ask("Hello there"));
  check("500 and then success is two calls, by the client's own retry", second.choices[0].message.content === "Second time." && calls === 2, calls);

  script = streamed(chunk({ content: "All of it." }) + chunk({}, "stop"));
  check("a stream without [DONE] still ends", (await collect(await client.chat.completions.create(ask("Hello there", { stream: true })))).text === "All of it.");
  script = streamed(`${chunk({ content: "One. Two" })}data: {"choices":[{"ind`);
  const half = await caught((async () => collect(await client.chat.completions.create(ask("Hello there", { stream: true }))))());
  check("half a chunk is an APIError", half instanceof OpenAI.APIError, half);
  script = (request, answer) => {
    events(answer);
    const bytes = Buffer.from(chunk({ content: "Soup \u{1F345}." }).replace(/\n/g, "\r\n") + chunk({}, "stop") + "data: [DONE]\n\n");
    let at = 0;
    const next = () => {
      if (at >= bytes.length) return answer.end();
      answer.write(bytes.subarray(at, (at += 1)));
      setImmediate(next);
    };
    next();
  };
  check("one byte at a time, with CRLF", (await collect(await client.chat.completions.create(ask("Hello there", { stream: true })))).text === "Soup \u{1F345}.");
  script = (request, answer) => {
    events(answer);
    const [before, after] = chunk({ content: "A\u{1F600}B." }).split("\u{1F600}");
    answer.write(Buffer.concat([Buffer.from(before), Buffer.from([0xf0, 0x9f]), Buffer.from(after)]));
    answer.end(chunk({}, "stop") + "data: [DONE]\n\n");
  };
  check("broken UTF-8 is marked and not passed on", (await collect(await client.chat.completions.create(ask("Hello there", { stream: true })))).text === "A\ufffdB.");

  let closed = false;
  script = (request, answer) => {
    events(answer);
    answer.on("close", () => (closed = true));
    answer.write(chunk({ content: "One. " }) + chunk({ content: "Two" }));
  };
  for await (const part of await client.chat.completions.create(ask("Hello there", { stream: true }))) if (part.choices[0].delta.content) break;
  for (let i = 0; i < 50 && !closed; i += 1) await pause(100);
  check("who breaks off ends the call of the model", closed);
  script = () => {};
  const silent = await caught(client.chat.completions.create(ask("Hello there"), { maxRetries: 0 }));
  check("silence is a 504 with a code", silent?.status === 504 && silent.code === "upstream_timeout", silent);

  check("a wrong key is an AuthenticationError", (await caught(keyless.chat.completions.create(ask("Hello there")))) instanceof OpenAI.AuthenticationError);
  const unknown = await caught(client.chat.completions.create({ ...ask("Hello there"), model: "none" }));
  check("an unknown model is a NotFoundError", unknown instanceof OpenAI.NotFoundError && unknown.code === "model_not_found", unknown);
  calls = 0;
  check("pictures are refused with a BadRequestError", (await caught(client.chat.completions.create({ model: "small", messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] }))) instanceof OpenAI.BadRequestError);
  for (const [name, promise] of [["responses", () => client.responses.create({ model: "small", input: "Hello" })], ["embeddings", () => client.embeddings.create({ model: "small", input: "Hello" })], ["completions", () => client.completions.create({ model: "small", prompt: "Hello" })]])
    check(`${name} are not there`, (await caught(promise())) instanceof OpenAI.NotFoundError);
  check("and none of these reached the model", calls === 0, calls);
}

upstream.listen(0, "127.0.0.1", async () => {
  console.log(`port ${upstream.address().port}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const { url, key } = JSON.parse(line);
    const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1/` });
    const keyless = new OpenAI({ apiKey: "hr-none", baseURL: `${url}/v1` });
    for (const part of [ordinary, danger, tools, misbehaving]) {
      try {
        await part(client, keyless);
      } catch (error) {
        check(`${part.name} reaches its end`, false, error.stack);
      }
    }
    break;
  }
  console.log(`${failures} failed`);
  process.exit(failures === 0 ? 0 : 1);
});
