/* scorer_twins.mjs BINARY: the scorer of the page (web/src/scoring) and `handrail score` answer alike, for every instrument:
   the worked examples of its file, and made-up forms, whole, with holes, with answers that make no sense. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const top = fileURLToPath(new URL("../..", import.meta.url));
const binary = process.argv[2];
const forms = 400;
const load = createRequire(join(top, "web/package.json"));
const folder = mkdtempSync(join(top, "build/scorer-"));

/** Always the same numbers (mulberry32), so that a failure can be looked at again. */
function chance_of(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function made_up(instrument, chance) {
  const answers = {};
  const refused = [];
  const holes = chance(3); // none, few, many
  const nonsense = chance(4) === 0;
  for (const item of instrument.items) {
    if (holes > 0 && chance(holes === 1 ? 8 : 2) === 0) {
      if (chance(3) === 0) answers[item.id] = null;
      if (chance(4) === 0) refused.push(item.id);
      continue;
    }
    const values = item.integer_range ? Array.from({ length: Math.min(40, item.integer_range[1] - item.integer_range[0] + 1) }, (_, at) => item.integer_range[0] + at) : instrument.option_sets[item.options].map((choice) => choice.value);
    const low = chance(2) === 0;
    answers[item.id] = low ? values[0] : values[chance(values.length)];
    if (nonsense && chance(12) === 0) answers[item.id] = [99999, -7, 1.5, "2", true][chance(5)];
  }
  if (nonsense && chance(3) === 0) answers["no such item"] = 1;
  const context = { sex: ["female", "male", "other"][chance(3)], not_working: chance(2) === 0 };
  return { answers, context: chance(2) === 0 ? { ...context, refused } : refused.length > 0 ? { refused } : undefined };
}

let compared = 0;
try {
  await load("rolldown").build({ input: join(top, "web/src/scoring/score.ts"), output: { file: join(folder, "score.mjs"), format: "esm" }, logLevel: "warn" });
  const { score } = await import(pathToFileURL(join(folder, "score.mjs")));
  const files = readdirSync(join(top, "content/instruments")).filter((name) => name.endsWith(".json") && !name.startsWith("_"));
  assert.ok(files.length >= 30, `30 instruments, found ${files.length}`);
  files.forEach((file, number) => {
    const instrument = JSON.parse(readFileSync(join(top, "content/instruments", file), "utf8"));
    const chance = chance_of(number + 1);
    const cases = (instrument.examples ?? []).map((one) => ({ answers: one.answers, context: one.context }));
    for (let made = 0; made < forms; made += 1) cases.push(made_up(instrument, chance));
    const lines = cases.map((one, at) => JSON.stringify({ id: at, ...one })).join("\n");
    const run = spawnSync(binary, ["score", instrument.id], { cwd: top, input: lines, encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(run.status, 0, `${instrument.id}: ${run.stderr}`);
    const answered = run.stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(answered.length, cases.length, instrument.id);
    answered.forEach(({ id, ...theirs }) => {
      const { answers, context = {} } = cases[id];
      const { refused, ...known } = context ?? {};
      const ours = score(instrument, answers, { context: known, refused });
      // -0 and 0 are one number on paper.
      assert.deepEqual(JSON.parse(JSON.stringify(ours)), theirs, `${instrument.id}: ${JSON.stringify(cases[id])}`);
      compared += 1;
    });
  });
  console.log(`${compared} forms of ${files.length} instruments: the page and the server answer alike`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
