/* Runs a browser test against the mock server: node tests/browser/with_mock.mjs person.spec.mjs */

import { spawn } from "node:child_process";

const here = import.meta.dirname;
const port = 8100 + Math.floor(Math.random() * 800);
const mock = spawn(process.execPath, [`${here}/../../tools/mock_server.mjs`, String(port)], { env: { MOCK_WAIT: "2500", ...process.env }, stdio: ["ignore", "pipe", "inherit"] });
await new Promise((resolve) => mock.stdout.once("data", resolve));
const test = spawn(process.execPath, [`${here}/${process.argv[2]}`], { env: { ...process.env, HANDRAIL_URL: `http://127.0.0.1:${port}`, HANDRAIL_MOCK: "1" }, stdio: "inherit" });
test.on("exit", (code) => {
  mock.kill();
  process.exit(code ?? 1);
});
