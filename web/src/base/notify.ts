/* Notifications on this device. A browser asks whether they may be shown only where somebody pressed a button for it. */

import { get, put, type Answer } from "./client";

/** "cannot": this browser has none; "denied": its settings say no. */
type Here = "on" | "off" | "denied" | "cannot";
export type Reach = Answer<"GET", "/me/reach"> & { here: Here };

const subscription = async () => (await navigator.serviceWorker?.getRegistration())?.pushManager?.getSubscription();

/** How one is reached away from the page, and whether on this device. */
export async function reach(): Promise<Reach> {
  const known = await get("/me/reach");
  const can = "PushManager" in window && "Notification" in window;
  const given = can && (await subscription());
  const here = !can ? "cannot" : Notification.permission === "denied" ? "denied" : given && known.devices.includes(given.endpoint) ? "on" : "off";
  return { ...known, here };
}

/** On, with the key of the service, or off. Whoever used this browser before has them here no more. */
export async function notify(key?: string): Promise<void> {
  if (key && (await Notification.requestPermission()) !== "granted") return;
  const before = await subscription();
  if (before && !key) await put("/me/device", { body: { endpoint: before.endpoint, on: false } });
  await before?.unsubscribe();
  if (!key) return;
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const { endpoint = "", keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
  await put("/me/device", { body: { endpoint, on: true, p256dh: keys?.p256dh, auth: keys?.auth } });
}
