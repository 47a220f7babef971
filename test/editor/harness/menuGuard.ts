import type { Locator, Page } from 'playwright-core';

/** Menus and pick lists of the editor ignore what comes this soon after they open. */
const deafMs = 500;
/** What was heard takes the menu away within this time. */
const heardMs = 10_000;

/**
 * Chooses an entry of a menu or pick list that has just opened, by the keyboard; again where a busy machine made it deaf
 * for longer. The only fixed wait of the harness: the editor gives no sign of when the menu begins to listen. Throws
 * TimeoutError when the entry cannot be pointed at within `hoverMs` (the patience of the page when not given).
 */
export async function menuGuard(page: Page, entry: Locator, hoverMs?: number): Promise<void> {
  for (let tries = 3; tries > 0; tries -= 1) {
    await entry.hover(hoverMs === undefined ? {} : { timeout: hoverMs });
    await page.waitForTimeout(deafMs);
    await page.keyboard.press('Enter');
    const heard = await entry.waitFor({ state: 'hidden', timeout: heardMs }).then(
      () => true,
      () => false,
    );
    if (heard) return;
  }
}
