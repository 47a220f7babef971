import type { Locator, Page } from 'playwright-core';
import { menuGuard } from './menuGuard.ts';
import type { QuickInput } from './quickInput.ts';

/** The text editor in front, with what extensions put into it. */
export class CodeEditor {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
  }

  /** Opens a file of the workspace by its name, with the keyboard, and puts the cursor into it. */
  async open(name: string): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+P');
    await this.#quickInput.box.locator('input').first().fill(name);
    await this.#quickInput.box
      .locator('.monaco-list-row.focused', { hasText: name.split('/').at(-1) ?? name })
      .waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#page
      .locator('.part.editor .tab.active', { hasText: name.split('/').at(-1) ?? name })
      .waitFor();
    await this.area.locator('.view-line').first().waitFor();
  }

  /** A lens by its text, which comes without its icon. */
  lens(text: string | RegExp): Locator {
    return this.area.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** What the lenses say, line by line. */
  async lenses(): Promise<string[]> {
    return this.area.locator('.codelens-decoration').allInnerTexts();
  }

  /** A button in the editor's title. */
  action(label: string): Locator {
    return this.#page.locator(`.part.editor .editor-actions a[aria-label^="${label}"]`).first();
  }

  /** Puts the cursor at the end of a line, by its number, and selects the line's code when `select` says so. */
  async goTo(line: number, select = false): Promise<void> {
    await this.#page.keyboard.press('Control+G');
    await this.#quickInput.answer(`:${line}`);
    await this.#quickInput.box.waitFor({ state: 'hidden' });
    await this.#page.keyboard.press('End');
    if (select) await this.#page.keyboard.press('Shift+Home');
  }

  /** What is wrong in all files, as the Problems panel lists it; opens the panel. */
  async problems(): Promise<string[]> {
    const panel = this.#page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.#page.keyboard.press('ControlOrMeta+Shift+M');
    await panel.waitFor();
    return panel.locator('.monaco-list-row:not([aria-expanded]) .marker-message-line').allInnerTexts();
  }

  /** What the menu of a file in the explorer offers; leaves it closed. */
  async explorerMenu(name: string): Promise<string[]> {
    const entries = await this.openExplorerMenu(name);
    const labels = await entries.allInnerTexts();
    await this.#page.keyboard.press('Escape');
    return labels;
  }

  /** Chooses an entry of the menu of a file in the explorer. */
  async chooseInExplorer(name: string, entry: string): Promise<void> {
    const entries = await this.openExplorerMenu(name);
    await menuGuard(this.#page, entries.getByText(entry, { exact: true }));
  }

  private async openExplorerMenu(name: string): Promise<Locator> {
    await this.#page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: name })
      .click({ button: 'right' });
    const entries = this.#page.locator('.context-view .action-label:visible');
    await entries.first().waitFor();
    return entries;
  }

  /** The wavy lines under what is wrong. */
  get marks(): Locator {
    return this.area.locator('.squiggly-error');
  }

  /** The selected line and column as the status bar has them: "Ln 64, Col 13 (38 selected)". */
  async position(): Promise<string> {
    return this.#page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
  }

  private get area(): Locator {
    return this.#page.locator('.part.editor .editor-instance .monaco-editor').first();
  }
}
