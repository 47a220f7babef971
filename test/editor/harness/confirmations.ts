import type { Locator, Page } from 'playwright-core';
import { menuGuard } from './menuGuard.ts';

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

  /** "Allow Once" of the button's drop-down, or the button itself when it is that. */
  async allowOnce(): Promise<void> {
    await this.answer(async () => {
      const only = this.box.getByRole('button', { name: 'Allow Once', exact: true });
      if (await only.isVisible()) return only.click();
      await this.box.locator('.chat-confirmation-widget-buttons .monaco-dropdown-button').first().click();
      return menuGuard(this.#page, this.#page.getByRole('menuitem', { name: 'Allow Once' }));
    });
  }

  /** The first button: "Allow in this Session". It outlives the chat. */
  async allowInSession(): Promise<void> {
    await this.answer(() =>
      this.box.locator('.chat-confirmation-widget-buttons .monaco-button').first().click(),
    );
  }

  async skip(): Promise<void> {
    await this.answer(() =>
      this.box.locator('.chat-confirmation-widget-buttons').getByText('Skip', { exact: true }).click(),
    );
  }

  /** Does it, and waits until this very question is gone: the next one may take its place at once. */
  private async answer(act: () => Promise<void>): Promise<void> {
    const asked = await this.box.locator('.chat-tool-invocation-part').first().elementHandle();
    await act();
    await asked?.waitForElementState('hidden');
  }
}
