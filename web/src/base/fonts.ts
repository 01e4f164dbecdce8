/** Loads the page's own fonts, unless the device asked to save data: then the system's fonts serve. */
export function load_fonts(): void {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (connection?.saveData) return;
  void import("./fonts.css");
}
