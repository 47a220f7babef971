import type { Locator, Page } from 'playwright-core';

/** Menus and pick lists of the editor ignore what comes this soon after they open. */
const DEAF_MS = 500;

/**
 * Chooses an entry of a menu or pick list that has just opened, by the keyboard. The only fixed wait of the harness:
 * the editor gives no sign of when the menu begins to listen.
 */
export async function menuGuard(page: Page, entry: Locator): Promise<void> {
  await entry.hover();
  await page.waitForTimeout(DEAF_MS);
  await page.keyboard.press('Enter');
}
