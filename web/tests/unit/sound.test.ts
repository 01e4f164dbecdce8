import { afterEach, expect, test, vi } from "vitest";

let tones: number[] = [];
let opened = 0;

/** A browser with loudspeakers: what would be heard is noted. */
function browser(kept: "on" | "off" | null): void {
  tones = [];
  opened = 0;
  vi.resetModules();
  vi.stubGlobal("localStorage", { getItem: () => kept, setItem: () => undefined });
  class Audio {
    currentTime = 0;
    destination = {};
    constructor() {
      opened += 1;
    }
    resume = async () => undefined;
    createOscillator = () => {
      const tone = { frequency: { value: 0 }, connect: (to: unknown) => to, start: () => tones.push(tone.frequency.value), stop: () => undefined };
      return tone;
    };
    createGain = () => ({ gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined }, connect: (to: unknown) => to });
  }
  vi.stubGlobal("AudioContext", Audio);
}

const sound = async () => import("../../src/staff/shell/sound");

afterEach(() => vi.unstubAllGlobals());

test("whoever said yes hears three tones for an alert and two others for a lost connection", async () => {
  browser("on");
  const { play } = await sound();
  play("now");
  expect(tones).toHaveLength(3);
  const alert = new Set(tones);
  play("cut_off");
  expect(tones).toHaveLength(5);
  expect(tones.slice(3).some((pitch) => alert.has(pitch))).toBe(false);
  expect(opened).toBe(1);
});

test("whoever was not asked, or said no, hears nothing", async () => {
  for (const kept of [null, "off"] as const) {
    browser(kept);
    (await sound()).play("now");
    expect([tones.length, opened]).toEqual([0, 0]);
  }
});

test("a machine without loudspeakers is no error", async () => {
  browser("on");
  vi.stubGlobal("AudioContext", undefined);
  const { play } = await sound();
  expect(() => play("now")).not.toThrow();
});
