/** "IE" → "Ireland"; a code that no browser knows stays as it is. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
