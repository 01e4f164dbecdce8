/* A mail server that takes every letter: node smtp_stand_in.mjs FILE prints its port and writes each letter to FILE, one JSON a line. */

import { appendFileSync } from "node:fs";
import { createServer } from "node:net";

const [, , file] = process.argv;
const server = createServer((socket) => {
  let held = "", letter = null, to = "";
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (letter !== null) {
      if (line !== ".") letter.push(line.replace(/^\.\./, "."));
      else {
        const at = letter.indexOf("");
        const head = Object.fromEntries(letter.slice(0, at).map((each) => each.split(/: (.*)/s)).map(([name, value]) => [name, value]));
        appendFileSync(file, `${JSON.stringify({ to, subject: head.Subject, text: Buffer.from(letter.slice(at + 1).join(""), "base64").toString() })}\n`);
        letter = null;
        say("250 taken");
      }
      return;
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "RCPT") to = /<(.*)>/.exec(line)?.[1] ?? "";
    if (verb === "DATA") {
      letter = [];
      say("354 go on");
    } else if (verb === "QUIT") {
      say("221 bye");
      socket.end();
    } else say("250 ok");
  };
  socket.setEncoding("utf8");
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    held += chunk;
    for (let end = held.indexOf("\r\n"); end >= 0; end = held.indexOf("\r\n")) {
      hear(held.slice(0, end));
      held = held.slice(end + 2);
    }
  });
  say("220 stand-in");
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
