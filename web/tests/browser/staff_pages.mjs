/* What the staff stories share: sizes, a look at a page in both lights, the stream that breaks off. */

import { axe, base, fits, launch, open_page, picture } from "./browser.mjs";

const desk = { width: 1440, height: 900 };
const small = { width: 1024, height: 768 };
const phone = { width: 390, height: 844 };
export const browser = await launch();
export const settle = (page) => page.waitForTimeout(350);

/** Looks at a page in both lights, at three sizes; ends as it began: desk, light. */
export async function look(page, name) {
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  for (const [light, scheme] of [["", "light"], ["-dark", "dark"]]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await settle(page);
    await picture(page, `staff-${name}${light}`);
    await axe(page, `${name} ${scheme}`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(small);
  await settle(page);
  await fits(page, `${name} at 1024 px`);
  await picture(page, `staff-${name}-1024`);
  await page.setViewportSize(phone);
  await settle(page);
  await axe(page, `${name} phone`);
  await fits(page, `${name} at 390 px`);
  await picture(page, `staff-${name}-phone`);
  await page.setViewportSize(desk);
  await settle(page);
}

export const open = () => open_page(browser, { viewport: desk, deviceScaleFactor: 1 });

/** Without the event stream the page says so, and since when. */
export async function not_live(page) {
  await page.goto(`${base}/staff/caseload`);
  await page.getByRole("grid", { name: "Caseload" }).waitFor();
  await page.route("**/api/v1/events*", (route) => route.abort());
  await page.reload();
  await page.getByText(/Not live since/).waitFor();
  await axe(page, "not live");
  await picture(page, "staff-not-live");
  await page.unroute("**/api/v1/events*");
}
