import type { Locator, Page } from 'playwright-core';

export interface ShownDialog {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** Modal dialogs in the middle of the window. */
export class Dialogs {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.monaco-dialog-box:visible').last();
  }

  /** Waits for a dialog and reads it. */
  async wait(): Promise<ShownDialog> {
    await this.box.waitFor();
    return {
      message: (await this.box.locator('.dialog-message').allInnerTexts()).join('\n').trim(),
      detail: (await this.box.locator('.dialog-message-detail').allInnerTexts()).join('\n').trim(),
      buttons: await this.box.locator('.dialog-buttons .monaco-button:visible').allInnerTexts(),
    };
  }

  async press(button: string): Promise<void> {
    const box = await this.box.elementHandle();
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await box?.waitForElementState('hidden');
  }

  /** The button that the dialog is for: the one that is not secondary. */
  async pressPrimary(): Promise<void> {
    const box = await this.box.elementHandle();
    await this.box.locator('.dialog-buttons .monaco-button:not(.secondary):visible').first().click();
    await box?.waitForElementState('hidden');
  }

  async cancel(): Promise<void> {
    const box = await this.box.elementHandle();
    await this.#page.keyboard.press('Escape');
    await box?.waitForElementState('hidden');
  }
}
