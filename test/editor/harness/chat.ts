import type { Locator, Page } from 'playwright-core';
import { Confirmations } from './confirmations.ts';

/** The chat's panel. Its list is virtual: only the last rows can be counted on to be there. */
export class Chat {
  readonly confirmations: Confirmations;
  readonly #page: Page;
  /** The row of the answer to what was said last. */
  #answerRow = 1;

  constructor(page: Page) {
    this.#page = page;
    this.confirmations = new Confirmations(page);
  }

  get session(): Locator {
    return this.#page.locator('.interactive-session:visible').first();
  }

  /** The answer to what was said last, finished or not. */
  get answer(): Locator {
    return this.session.locator(
      `.monaco-list-row.response[data-index="${this.#answerRow}"] .interactive-response`,
    );
  }

  /** The answer to what was said last, once it is finished. */
  get finishedAnswer(): Locator {
    return this.session.locator(
      `.monaco-list-row.response[data-index="${this.#answerRow}"] .interactive-response:not(.chat-response-loading)`,
    );
  }

  /**
   * Types a sentence and sends it, in place of what is in the input; with a file, which ends it then as `#file`, chosen from
   * what is suggested. Returns when the chat has taken it.
   */
  async say(text: string, { file }: { readonly file?: string } = {}): Promise<void> {
    const last = await this.lastRow();
    await this.type(text);
    if (file !== undefined) await this.typeFile(file);
    this.#answerRow = last + 2;
    await this.send();
    await this.answer.waitFor();
  }

  /**
   * Presses Send, again where the press came while the button was drawn anew: then the sentence is still in the input. Where a
   * notification lies over the button, the Enter key sends.
   */
  private async send(attempts = 5): Promise<void> {
    const button = this.session.locator('.chat-execute-toolbar li:not(.disabled) a[aria-label^="Send"]');
    await button.waitFor();
    if (await this.isUncovered(button)) await button.click({ timeout: 5000 }).catch(() => undefined);
    else await this.#page.keyboard.press('Enter');
    const taken = await this.answer.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (taken || attempts === 1) return;
    const left = await this.session
      .locator('.chat-input-container .monaco-editor .view-lines')
      .first()
      .innerText();
    if (/\w/.test(left.replace(/@\w+/, ''))) await this.send(attempts - 1);
  }

  /** True where a click in the middle of an element reaches it. */
  private async isUncovered(element: Locator): Promise<boolean> {
    return element.evaluate((shown) => {
      const { left, top, width, height } = shown.getBoundingClientRect();
      return shown.contains(shown.ownerDocument.elementFromPoint(left + width / 2, top + height / 2));
    });
  }

  /** Types into the input and sends nothing. */
  async type(text: string): Promise<void> {
    await this.#page.mouse.move(0, 0); // where it rests a hover may lie over the input
    // Not by a click: a notification may lie over it.
    await this.session.locator('.chat-input-container .native-edit-context').first().focus();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.press('Delete');
    await this.#page.keyboard.insertText(text);
  }

  private async typeFile(name: string): Promise<void> {
    // A dot ends what is suggested.
    await this.#page.keyboard.type(` #${name.replace(/\..*/, '')}`);
    await this.#page.locator('.suggest-widget.visible .monaco-list-row', { hasText: name }).first().click();
    await this.attached(name).waitFor();
  }

  /** What is attached to the sentence that is typed next, by its name: "train.py", "train.py:66". */
  attached(name: string): Locator {
    return this.session.locator('.chat-attached-context-attachment', { hasText: name }).first();
  }

  /** Waits until the answer is finished, and gives its text as a person sees it. */
  async waitForAnswer(timeout?: number): Promise<string> {
    await this.finishedAnswer.waitFor(timeout === undefined ? {} : { timeout });
    return this.lastAnswer();
  }

  /** The text of the last answer as it stands. */
  async lastAnswer(): Promise<string> {
    const text = await this.answer.locator('> .value').innerText();
    return text.replaceAll('\u00a0', ' ').trim(); // code blocks have spaces that do not break
  }

  /** The buttons inside the last answer. */
  async buttons(): Promise<string[]> {
    return this.answer.locator('.chat-command-button .monaco-button').allInnerTexts();
  }

  async pressButton(label: string | RegExp): Promise<void> {
    await this.answer.locator('.chat-command-button').getByText(label, { exact: true }).click();
  }

  /** The suggested next sentences; waits for the first. */
  async followUps(): Promise<string[]> {
    const offered = this.session.locator('.interactive-session-followups .monaco-button');
    await offered.first().waitFor();
    return offered.allInnerTexts();
  }

  async pressFollowUp(label: string): Promise<void> {
    const last = await this.lastRow();
    await this.session.locator('.interactive-session-followups').getByText(label, { exact: true }).click();
    this.#answerRow = last + 2;
    await this.answer.waitFor();
  }

  /** The names in the answer's "Used … references", which it opens for that. */
  async references(): Promise<string[]> {
    const header = this.answer.locator('.chat-used-context-label .monaco-button').first();
    if ((await header.getAttribute('aria-expanded')) === 'false') {
      await header.focus(); // it may lie under the chat's title, where no pointer gets at it
      await this.#page.keyboard.press('Enter');
    }
    const rows = this.answer.locator('.chat-used-context-list .monaco-list-row');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  async openReference(name: string): Promise<void> {
    await this.references();
    await this.answer.locator('.chat-used-context-list .monaco-list-row', { hasText: name }).first().click();
  }

  /** Follows a link in the answer. */
  async openLink(label: string): Promise<void> {
    await this.answer.locator('a').getByText(label, { exact: true }).last().click();
  }

  /** Presses the stop button of the turn that goes on. */
  async stopTurn(): Promise<void> {
    await this.session.locator('.chat-execute-toolbar a[aria-label^="Cancel"]').click();
    await this.finishedAnswer.waitFor();
  }

  /** A new, empty conversation. */
  async newChat(): Promise<void> {
    await this.#page
      .locator('.composite.title a[aria-label^="New Chat"], .title-actions a[aria-label^="New Chat"]')
      .first()
      .click();
    await this.session.locator('.monaco-list-row').first().waitFor({ state: 'detached' });
  }

  /** A new, empty conversation, where anything was said in this one. */
  async startOver(): Promise<void> {
    if ((await this.session.isVisible()) && (await this.lastRow()) >= 0) await this.newChat();
  }

  /** -1 when nothing was said yet. */
  private async lastRow(): Promise<number> {
    const rows = this.session.locator('.interactive-list .monaco-list-rows > .monaco-list-row');
    const indices = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-index'))));
    return Math.max(-1, ...indices);
  }
}
