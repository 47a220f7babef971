import type { Locator, Page } from 'playwright-core';

/** The text editor in front. */
export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The lines that are in sight, from the top. */
  async lines(): Promise<string[]> {
    await this.text.waitFor();
    const lines = await this.text.locator('.view-line').evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' }))
        .toSorted((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return lines;
  }

  /** Waits until the text has stopped to move: ten frames drawn at one place. */
  async stands(): Promise<void> {
    await this.text.evaluate(async (text) => {
      const { requestAnimationFrame: draw } = globalThis as unknown as {
        requestAnimationFrame: (drawn: (at: number) => void) => void;
      };
      const place = () => text.getBoundingClientRect().top;
      const frame = () => new Promise((resolve) => draw(resolve));
      for (let still = 0, before = place(); still < 10; before = place()) {
        await frame();
        still = place() === before ? still + 1 : 0;
      }
    });
  }

  /** The line with this text, once it is in sight. */
  line(text: string | RegExp): Locator {
    // The editor draws spaces that do not break.
    const hasText =
      typeof text === 'string' ? text : new RegExp(text.source.replaceAll(' ', '\\s'), text.flags);
    return this.text.locator('.view-line', { hasText }).first();
  }

  /** Puts the keyboard into the text, where the cursor is. */
  async focus(): Promise<void> {
    await this.group.locator('.native-edit-context, textarea.inputarea').first().focus();
  }

  /** Turns the wheel over the text, down or up, by so many notches. */
  async turnWheel(direction: 'down' | 'up', notches: number): Promise<void> {
    await this.group.locator('.editor-container').first().hover(); // the lines reach beyond what is in sight
    for (let notch = 0; notch < notches; notch += 1)
      await this.#page.mouse.wheel(0, direction === 'down' ? 120 : -120);
  }

  /** Opens the link that this text is. */
  async followLink(text: string): Promise<void> {
    const link = this.text.locator('.detected-link, .detected-link-active', { hasText: text }).first();
    // The editor draws a line anew as often as it likes: its place holds, though the element does not.
    await link.click({ modifiers: ['ControlOrMeta'], force: true });
  }

  /** The buttons in the title, by what they say. */
  async titleButtons(): Promise<string[]> {
    const buttons = this.group.locator('.editor-actions .action-label');
    const labels = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    return labels.filter((label) => label !== '');
  }

  async pressTitle(button: string): Promise<void> {
    await this.group.locator(`.editor-actions a.action-label[aria-label^="${button}"]`).click();
  }

  private get group(): Locator {
    return this.#page.locator('.editor-group-container.active').first();
  }

  private get text(): Locator {
    return this.group.locator('.monaco-editor .view-lines').first();
  }
}
