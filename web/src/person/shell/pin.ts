/* A PIN that hides the page on this device. It hides, it does not seal: whoever can open the browser's storage can get round it,
   and the page says so. What is kept is a slow hash, so the PIN itself cannot be read back quickly. */

import { setting } from "../../base/device";

const place = "rail.pin";
const rounds = 310_000;

const hex = (bytes: ArrayBuffer | Uint8Array) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes_of = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

async function hash(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return hex(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, key, 256));
}

export function has_pin(): boolean {
  return setting.read(place) !== null;
}

export async function set_pin(pin: string): Promise<void> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  setting.write(place, `${hex(salt)}.${await hash(pin, salt)}`);
}

export function remove_pin(): void {
  setting.write(place, null);
}

export async function pin_opens(pin: string): Promise<boolean> {
  const [salt, wanted] = (setting.read(place) ?? "").split(".");
  if (!salt || !wanted) return true;
  return (await hash(pin, bytes_of(salt))) === wanted;
}
