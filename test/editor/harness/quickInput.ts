import type { Locator, Page } from 'playwright-core';

/** The box at the top: the command palette, pick lists, and questions with a line to type. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get box(): Locator {
    return this.#page.locator('.quick-input-widget:visible');
  }

  /** Runs a command by its title, as the palette shows it. */
  async runCommand(title: string): Promise<void> {
    await this.openPalette(`>${title}`);
    const row = this.row(title);
    await row.waitFor();
    await row.click();
    await this.#page.mouse.move(0, 0); // the command may show a box, which would explain what is under the pointer
  }

  /** A panel that comes into sight takes the focus, and with it the palette away: then it is opened again. */
  private async openPalette(text: string): Promise<void> {
    const input = this.box.locator('input').first();
    for (let tries = 3; ; tries -= 1) {
      await this.#page.keyboard.press('F1');
      const filled = await input.fill(text, { timeout: tries > 1 ? 3000 : 30_000 }).then(
        () => true,
        () => false,
      );
      if (filled || tries === 1) return;
    }
  }

  /** The titles and descriptions of the rows that are offered. */
  async rows(): Promise<string[]> {
    await this.box.locator('.monaco-list-row').first().waitFor();
    return this.box.locator('.monaco-list-row').allInnerTexts();
  }

  async pick(label: string, { timeout }: { readonly timeout?: number } = {}): Promise<void> {
    await this.row(label).click(timeout === undefined ? {} : { timeout });
  }

  /** Presses a button that a row shows when the pointer is over it. */
  async pressRow(label: string, action: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).locator(`.quick-input-list-entry-action-bar a[aria-label^="${action}"]`).click();
  }

  /** Types an answer into the line and accepts it. */
  async answer(text: string): Promise<void> {
    await this.box.locator('input').first().fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Answers the question with these words once it is there: the box before it would take the line, too. */
  async answerTo(question: string, text: string): Promise<void> {
    await this.box.getByText(question).first().waitFor();
    await this.answer(text);
  }

  /** Chooses a file in the editor's own dialog for files; `button` is the one that takes it. */
  async chooseFile(file: string, button: string): Promise<void> {
    await this.row('..').waitFor(); // the folder that it begins with replaces what was typed before
    await this.type(file);
    await this.row(file.split(/[\\/]/).at(-1) ?? '').waitFor();
    await this.box.getByRole('button', { name: button, exact: true }).click();
  }

  /** Types a line and leaves it there. */
  async type(text: string): Promise<void> {
    await this.box.locator('input').first().fill(text);
  }

  /** Presses the arrow beside the title. */
  async back(): Promise<void> {
    await this.box.locator('.quick-input-left-action-bar .action-label').first().click();
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }

  async title(): Promise<string> {
    return (await this.box.locator('.quick-input-title').allInnerTexts()).join('\n').trim();
  }

  /** Waits until the box has this title. */
  async titled(title: string): Promise<void> {
    await this.box.locator('.quick-input-title').getByText(title, { exact: true }).waitFor();
  }

  /** The row that Enter would choose. */
  async activeRow(): Promise<string> {
    const row = this.box.locator('.monaco-list-row.focused');
    await row.waitFor();
    return row.innerText();
  }

  /** The text under the line, or what stands in the empty line. */
  async question(): Promise<string> {
    const message = (await this.box.locator('.quick-input-message').allInnerTexts()).join('\n').trim();
    return message || ((await this.box.locator('input').first().getAttribute('placeholder')) ?? '');
  }

  private row(label: string): Locator {
    return this.box.locator('.monaco-list-row', { hasText: label }).first();
  }
}
