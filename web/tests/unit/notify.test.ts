import { afterEach, expect, test, vi } from "vitest";
import { notify, reach } from "../../src/base/notify";

const endpoint = "https://push.example.net/x";
let sent: { path: string; body: unknown }[] = [];
let known: string[] = [];
let given: { endpoint: string; unsubscribe(): Promise<boolean>; toJSON(): object } | null = null;
let asked = 0;

/** A browser that has notifications, with what its settings say. */
function browser(permission: "default" | "granted" | "denied", answer = permission): void {
  sent = [];
  asked = 0;
  const made = { endpoint, unsubscribe: async () => ((given = null), true), toJSON: () => ({ endpoint, keys: { p256dh: "point", auth: "secret" } }) };
  const registration = { pushManager: { getSubscription: async () => given, subscribe: async () => (given = made) } };
  vi.stubGlobal("window", { PushManager: {}, Notification: {} });
  vi.stubGlobal("Notification", { permission, requestPermission: async () => ((asked += 1), answer) });
  vi.stubGlobal("navigator", { serviceWorker: { getRegistration: async () => registration, register: async () => registration, ready: Promise.resolve(registration) } });
  vi.stubGlobal("fetch", async (path: string, how: { method?: string; body?: string }) => {
    if (how.method === "PUT") sent.push({ path, body: JSON.parse(how.body ?? "null") });
    return how.method === "PUT" ? new Response(null, { status: 204 }) : new Response(JSON.stringify({ push_key: "key", devices: known, texts: false }), { headers: { "content-type": "application/json" } });
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  given = null;
  known = [];
});

test("a browser without notifications, and one whose settings say no, are told apart from off", async () => {
  browser("default");
  expect((await reach()).here).toBe("off");
  browser("denied");
  expect((await reach()).here).toBe("denied");
  vi.stubGlobal("window", {});
  expect((await reach()).here).toBe("cannot");
});

test("it is on when the server knows this browser as one's own, and not when somebody else switched it on", async () => {
  browser("granted");
  await notify("key");
  expect(sent.map((one) => one.body)).toEqual([{ endpoint, on: true, p256dh: "point", auth: "secret" }]);
  expect((await reach()).here).toBe("off");
  known = [endpoint];
  expect((await reach()).here).toBe("on");
  await notify();
  expect(sent.at(-1)?.body).toEqual({ endpoint, on: false });
  expect((await reach()).here).toBe("off");
});

test("the browser is asked by the button alone, and a no sends nothing", async () => {
  browser("default", "denied");
  await reach();
  expect(asked).toBe(0);
  await notify("key");
  expect(asked).toBe(1);
  expect(sent).toEqual([]);
});
