/* What a browser calls itself, in the words of the person who uses it: "Chrome on Android". */

const browsers: readonly [RegExp, string][] = [[/Edg/, "Edge"], [/SamsungBrowser/, "Samsung Internet"], [/OPR/, "Opera"], [/Firefox|FxiOS/, "Firefox"], [/Chrome|Chromium|CriOS/, "Chrome"], [/Safari/, "Safari"]];
const systems: readonly [RegExp, string][] = [[/Android/, "Android"], [/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Windows/, "Windows"], [/Mac OS X|Macintosh/, "Mac"], [/CrOS/, "Chromebook"], [/Linux/, "Linux"]];

/** `given` is the browser's own long name; a name that is none of those known stays as it is. */
export function device_name(given: string, both = (browser: string, system: string) => `${browser} on ${system}`): string {
  const browser = browsers.find(([sign]) => sign.test(given))?.[1];
  const system = systems.find(([sign]) => sign.test(given))?.[1];
  if (!given.startsWith("Mozilla/") || (!browser && !system)) return given;
  return browser && system ? both(browser, system) : (browser ?? system ?? given);
}
