import type { Locator, Page } from 'playwright-core';
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
