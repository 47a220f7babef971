import { errors, type Locator, type Page } from 'playwright-core';
import { menuGuard } from './menuGuard.ts';
import type { QuickInput } from './quickInput.ts';

/** A step of picking takes this long on a busy machine; then the list is opened again. */
const stepMs = 5000;

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

  /** Picks a model by the name that the list shows. Throws when the chat does not take it within `timeout`. */
  async pick(name: string, timeout = 60_000): Promise<void> {
    for (const deadline = Date.now() + timeout; !(await this.isPicked(name));) {
      if (Date.now() > deadline) throw new Error(`The chat did not take ${name}.`);
      await this.tryPick(name);
    }
  }

  /** True when the chat has this model. */
  async isPicked(name: string): Promise<boolean> {
    return this.toolbar.getByText(name, { exact: true }).first().isVisible();
  }

  /**
   * Opens the list, chooses the model and closes the list. The list hangs on a button of the chat's input: where the
   * input is drawn anew meanwhile, it loses its place and shows no rows, or goes.
   */
  private async tryPick(name: string): Promise<void> {
    const row = this.list.locator('.monaco-list-row.action', { hasText: name }).first();
    try {
      await this.button.click({ timeout: stepMs });
      await this.#page.getByPlaceholder('Search models').fill(name, { timeout: stepMs });
      await menuGuard(this.#page, row, stepMs);
      await this.waitFor(name, stepMs);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      await this.closeList();
    }
  }

  private async closeList(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.list.waitFor({ state: 'hidden', timeout: stepMs }).catch(() => undefined);
  }

  /**
   * The user's own endpoints are looked up only when the list of models is managed: opens that, and closes it. A list
   * that was opened before the editor's own chat was ready stays without them, so it is opened again.
   */
  async lookUp(name: string, attempts = 10): Promise<void> {
    await this.#quickInput.runCommand('Chat: Manage Language Models');
    const widget = this.#page.locator('.models-widget');
    const listed = widget.getByText(name, { exact: true }).first();
    const found = await listed.waitFor({ timeout: 6000 }).then(
      () => true,
      () => false,
    );
    await this.#page.keyboard.press('Escape');
    await widget.first().waitFor({ state: 'hidden' });
    if (found) return;
    if (attempts === 1) throw new Error(`The editor did not list ${name} among its models.`);
    await this.lookUp(name, attempts - 1);
  }

  private get list(): Locator {
    return this.#page.locator('.action-widget').first();
  }

  private get toolbar(): Locator {
    return this.#page.locator('.interactive-session .chat-input-toolbars').first();
  }

  private get button(): Locator {
    return this.toolbar.locator('a.model-picker-name').first();
  }
}
