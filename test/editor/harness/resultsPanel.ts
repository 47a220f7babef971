import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The results panel in front. */
export class ResultsPanel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The inside of the panel. */
  get inside(): FrameLocator {
    return this.#page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  }

  /** Waits until the panel shows exactly this title. */
  async wait(title: string): Promise<void> {
    await this.inside.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** Waits until the panel has taken up a theme that the window has taken up. */
  async waitForTheme(className: string): Promise<void> {
    await this.inside.locator(`body.${className}`).waitFor();
  }

  get state(): Locator {
    return this.inside.locator('.state');
  }

  section(title: string | RegExp): Locator {
    return this.inside.getByRole('region', { name: title });
  }

  /** The rows of a section's tables, cells apart by tabs. */
  async rows(title: string | RegExp): Promise<string[]> {
    const rows = await this.section(title).locator('tbody tr').allInnerTexts();
    return rows.map((row) => row.trim());
  }

  async press(name: string | RegExp): Promise<void> {
    await this.inside.getByRole('button', { name }).first().click();
  }
}
