import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';

/**
 * Makes a directive that draws a picture by `draw` from `shows` (compared by identity), called `label` by a screen reader, and
 * draws it again when its data or the theme changes. The code that draws is loaded with the first picture.
 */
export function drawnBy<Plots>(load: () => Promise<Plots>) {
  type Draw = (plots: Plots) => Element;

  class DrawnDirective extends AsyncDirective {
    #shows: readonly unknown[] = [];
    #draw: Draw | undefined;
    #label = '';
    readonly #onTheme = () => void this.#paint();

    override render(shows: readonly unknown[], draw: Draw, label: string): unknown {
      const same =
        shows.length === this.#shows.length && shows.every((show, index) => show === this.#shows[index]);
      this.#draw = draw;
      this.#label = label;
      if (same) return noChange;
      if (this.#shows.length === 0) document.addEventListener('theme', this.#onTheme);
      this.#shows = shows;
      void this.#paint();
      return noChange;
    }

    async #paint(): Promise<void> {
      const plots = await load();
      if (this.#draw === undefined) return;
      const picture = this.#draw(plots);
      // Its parts have labels that a screen reader should not read inside a picture.
      for (const part of picture.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', this.#label);
      this.setValue(picture);
    }

    override disconnected(): void {
      document.removeEventListener('theme', this.#onTheme);
    }

    override reconnected(): void {
      document.addEventListener('theme', this.#onTheme);
    }
  }

  return directive(DrawnDirective);
}
