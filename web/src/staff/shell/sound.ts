/* Two short tones, made here: no file, no name, nothing about anyone. */

export type Wish = "on" | "off" | "not_asked";

const kept = "handrail:staff-call";
let audio: AudioContext | null = null;

export function wish(): Wish {
  const value = localStorage.getItem(kept);
  return value === "on" || value === "off" ? value : "not_asked";
}

export function keep_wish(value: "on" | "off"): void {
  localStorage.setItem(kept, value);
}

const tones = { now: [660, 880, 660], cut_off: [330, 262] } as const; // Hz

/** Plays only after staff allowed it. Browsers may still refuse; the page says the same in words. */
export function play(what: keyof typeof tones): void {
  if (wish() !== "on") return;
  try {
    audio ??= new AudioContext();
    const sounding = audio;
    void sounding.resume();
    tones[what].forEach((pitch, i) => {
      const at = sounding.currentTime + i * 0.22;
      const tone = sounding.createOscillator();
      const loud = sounding.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.2);
      tone.connect(loud).connect(sounding.destination);
      tone.start(at);
      tone.stop(at + 0.21);
    });
  } catch {
    // No audio device: the bar and the list still say it.
  }
}
