import type { Locator, Page } from 'playwright-core';

export interface ShownConfirmation {
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly string[];
}

/** The editor's own question before a tool runs. */
export class Confirmations {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.interactive-session .chat-tool-confirmation-carousel:visible').first();
  }

  /** Visible once the question can be answered. */
  get ready(): Locator {
    return this.box.locator('.chat-confirmation-widget-buttons').first();
  }

  /** Waits for a confirmation and reads it. */
  async wait(timeout?: number): Promise<ShownConfirmation> {
    await this.box
      .locator('.chat-confirmation-widget-buttons')
      .first()
      .waitFor(timeout === undefined ? {} : { timeout });
    const message = this.box.locator('.chat-confirmation-widget-message .message-wrapper').first();
    return {
      title: (await this.box.locator('.chat-confirmation-widget-title').first().innerText()).trim(),
      message: (await message.innerText()).replace(/\n?Show (More|Less)$/, '').trim(),
      buttons: await this.box
        .locator('.chat-confirmation-widget-buttons .monaco-button:not(.monaco-dropdown-button)')
        .allInnerTexts(),
    };
  }

  /** The only way to say yes that is offered for tools of ours. */
  async allowOnce(): Promise<void> {
    await this.#press('Allow Once');
  }

  async skip(): Promise<void> {
    await this.#press('Skip');
  }

  /** Presses a button, and waits until this very question is gone: the next one may take its place at once. */
  async #press(button: string): Promise<void> {
    const asked = await this.box.locator('.chat-tool-invocation-part').first().elementHandle();
    await this.box.locator('.chat-confirmation-widget-buttons').getByText(button, { exact: true }).click();
    await asked?.waitForElementState('hidden');
  }
}
