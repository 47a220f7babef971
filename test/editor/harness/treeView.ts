import type { Locator, Page } from 'playwright-core';
import { menuGuard } from './menuGuard.ts';

/** How long the editor may take to know that the folder is trusted. */
const enabledMs = 30_000;
/** How long a menu may take to open, in milliseconds. */
const shownMs = 5000;

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
}

/** One view of the extension's sidebar, by the title it has there. */
export class TreeView {
  readonly #page: Page;
  readonly #title: string;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  /** Shows the sidebar with this view open; `container` is the label in the activity bar. */
  async open(container = 'MLOps'): Promise<void> {
    const tab = this.#page.locator(`.activitybar li:has(a[aria-label^="${container}"])`).first();
    await tab.waitFor();
    if (!(await tab.getAttribute('class'))?.includes('checked')) await tab.click();
    const header = this.pane.locator('.pane-header').first();
    await header.waitFor({ state: 'attached' }); // the only view of a container has no header to see
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** The rows that are shown, from the top; waits for the first. */
  async rows(): Promise<TreeRow[]> {
    await this.all.first().waitFor();
    return this.all.evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((row) => ({
          label: row.querySelector('.label-name')?.textContent ?? '',
          description: row.querySelector('.label-description')?.textContent ?? '',
          level: Number(row.getAttribute('aria-level')),
          expanded: row.hasAttribute('aria-expanded')
            ? row.getAttribute('aria-expanded') === 'true'
            : undefined,
        })),
    );
  }

  /** The rows with this text in them. */
  rowsWith(text: string | RegExp): Locator {
    return this.all.filter({ hasText: text });
  }

  /** The first row with this text in it. */
  row(text: string | RegExp): Locator {
    return this.rowsWith(text).first();
  }

  async expand(text: string | RegExp): Promise<void> {
    await this.toggle(text, 'true');
  }

  async collapse(text: string | RegExp): Promise<void> {
    await this.toggle(text, 'false');
  }

  /** Presses a button that a row shows when the pointer is over it. */
  async press(text: string | RegExp, action: string): Promise<void> {
    await this.row(text).hover();
    await this.row(text).locator(`.actions a[aria-label^="${action}"]`).click();
  }

  /** Chooses an entry of a row's context menu. A window that has just opened enables some a little later. */
  async menu(text: string | RegExp, entry: string): Promise<void> {
    const item = this.#page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    const deadline = Date.now() + enabledMs;
    for (;;) {
      await this.row(text).click({ button: 'right' });
      // A list that is drawn anew closes the menu.
      const isShown = await item.waitFor({ timeout: shownMs }).then(
        () => true,
        () => false,
      );
      if (!isShown && Date.now() < deadline) {
        await this.#page.keyboard.press('Escape');
        continue;
      }
      const disabled = (await item.getAttribute('class'))?.includes('disabled') ?? false;
      if (!disabled || Date.now() > deadline) break;
      await this.#page.keyboard.press('Escape');
      await item.waitFor({ state: 'hidden' });
    }
    await menuGuard(this.#page, item);
  }

  /** Presses a button in the view's title. */
  async pressTitle(action: string): Promise<void> {
    await this.pane.hover();
    const button = `a[aria-label^="${action}"]`;
    // The only view of a container has its buttons in the title above.
    const above = this.#page.locator(`.part.sidebar .title-actions ${button}`);
    await this.pane.locator(`.actions ${button}`).or(above).first().click();
  }

  /** The text that the empty view shows. */
  async welcome(): Promise<string> {
    const text = this.pane.locator('.welcome-view-content');
    await text.waitFor();
    return text.innerText();
  }

  private get pane(): Locator {
    return this.#page
      .locator('.pane', { has: this.#page.locator(`.pane-header[aria-label^="${this.#title}"]`) })
      .first();
  }

  private get all(): Locator {
    return this.pane.locator('.monaco-list-row');
  }

  private async toggle(text: string | RegExp, wanted: 'true' | 'false'): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== wanted) await row.locator('.monaco-tl-twistie').click();
    await this.pane
      .locator(`.monaco-list-row[aria-expanded="${wanted}"]`)
      .filter({ hasText: text })
      .first()
      .waitFor();
  }
}
