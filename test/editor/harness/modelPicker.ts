import type { Locator, Page } from 'playwright-core';
import { menuGuard } from './menuGuard.ts';
import type { QuickInput } from './quickInput.ts';

/** The list of models under the chat's input. */
export class ModelPicker {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
  }

  /** Waits until the chat has this model: what is sent before finds no language model. */
  async waitFor(name: string, timeout = 60_000): Promise<void> {
    await this.toolbar.getByText(name, { exact: true }).first().waitFor({ timeout });
  }

  /** Waits until the chat has any model. */
  async waitForAny(timeout = 60_000): Promise<void> {
    await this.button.filter({ hasNotText: /^\s*(Models)?\s*$/ }).waitFor({ timeout });
  }

  /** Picks a model by the name that the list shows; again where the list, which may just be drawn anew, took another. */
  async pick(name: string, attempts = 3): Promise<void> {
    if (await this.toolbar.getByText(name, { exact: true }).first().isVisible()) return;
    await this.button.click();
    const search = this.#page.getByPlaceholder('Search models');
    await search.fill(name);
    await menuGuard(
      this.#page,
      this.#page.locator('.action-widget .monaco-list-row.action', { hasText: name }).first(),
    );
    const picked = await this.waitFor(name, 10_000).then(
      () => true,
      () => false,
    );
    if (picked) return;
    if (attempts === 1) throw new Error(`The chat did not take ${name}.`);
    await this.#page.keyboard.press('Escape');
    await this.pick(name, attempts - 1);
  }

  /**
   * The user's own endpoints are looked up only when the list of models is managed: opens that, and closes it. A list
   * that was opened before the editor's own chat was ready stays without them, so it is opened again.
   */
  async lookUp(name: string, attempts = 5): Promise<void> {
    await this.#quickInput.runCommand('Chat: Manage Language Models');
    const widget = this.#page.locator('.models-widget');
    const listed = widget.getByText(name, { exact: true }).first();
    const found = await listed.waitFor({ timeout: 12_000 }).then(
      () => true,
      () => false,
    );
    await this.#page.keyboard.press('Escape');
    await widget.first().waitFor({ state: 'hidden' });
    if (found) return;
    if (attempts === 1) throw new Error(`The editor did not list ${name} among its models.`);
    await this.lookUp(name, attempts - 1);
  }

  private get toolbar(): Locator {
    return this.#page.locator('.interactive-session .chat-input-toolbars').first();
  }

  private get button(): Locator {
    return this.toolbar.locator('a.model-picker-name').first();
  }
}
