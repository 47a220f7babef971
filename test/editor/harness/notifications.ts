import type { Locator, Page } from 'playwright-core';

/** Toasts in the corner. A server started with `smokeTest` shows none. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  private get all(): Locator {
    return this.#page.locator('.notifications-toasts .notification-toast:visible');
  }

  /** The texts of the toasts that are there now. */
  async texts(): Promise<string[]> {
    return this.all.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for a toast with this text and gives its whole text and buttons. */
  async wait(text: string | RegExp): Promise<{ text: string; buttons: string[] }> {
    const toast = this.all.filter({ hasText: text }).first();
    await toast.waitFor();
    return {
      text: await toast.locator('.notification-list-item-message').innerText(),
      buttons: await toast
        .locator('.notification-list-item-buttons-container .monaco-button')
        .allInnerTexts(),
    };
  }

  /** Waits for a toast with this text and closes it: it would lie over the chat's line for ten seconds. */
  async close(text: string | RegExp): Promise<void> {
    const toast = this.all.filter({ hasText: text }).first();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'hidden' });
  }

  /** How many links stand in a toast. */
  async links(text: string | RegExp): Promise<number> {
    return this.all.filter({ hasText: text }).locator('.notification-list-item-message a').count();
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.all.filter({ hasText: text }).first().getByRole('button', { name: button }).click();
  }
}
