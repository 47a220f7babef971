import type { Locator, Page } from 'playwright-core';

/** The page with the steps of a walkthrough. */
export class Walkthrough {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** A step by its title. */
  step(title: string): Locator {
    return this.#page.locator('.getting-started-step', { hasText: title }).first();
  }

  /** A heading beside the steps. */
  text(heading: string): Locator {
    return this.#page
      .frameLocator('iframe.webview.ready')
      .last()
      .frameLocator('#active-frame')
      .getByRole('heading', { name: heading });
  }

  /** The steps that are done, by their titles. */
  async done(): Promise<string[]> {
    const done = this.#page.locator('.getting-started-step', {
      has: this.#page.locator('.codicon-getting-started-step-checked.complete'),
    });
    return done.locator('.step-title').allInnerTexts();
  }

  /** Opens a step and presses its button. */
  async press(title: string, button: string): Promise<void> {
    const step = this.step(title);
    await step.waitFor();
    if (!(await step.getAttribute('class'))?.includes('expanded')) await step.click();
    await step.getByRole('button', { name: button }).click();
  }
}
