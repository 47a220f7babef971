import { html, nothing, type TemplateResult } from 'lit';
import type { StateLook } from '../../core/text/state.ts';

/** A part of the panel under a heading. */
export function section(title: string, body: unknown, more: unknown = nothing): TemplateResult {
  const id = `section-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return html`<section aria-labelledby=${id}>
    <header class="section-head">
      <h2 id=${id}>${title}</h2>
      ${more}
    </header>
    ${body}
  </section>`;
}

/** Plain sentences under a heading; nothing when there are none. */
export function notesSection(title: string, lines: readonly string[]): TemplateResult | typeof nothing {
  if (lines.length === 0) return nothing;
  return section(
    title,
    html`<ul class="notes">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`,
  );
}

/** A state's icon in its colour. Screen readers skip it, since the word is always beside it. */
export function stateIcon({ icon, color }: StateLook): TemplateResult {
  const [name = icon, spin] = icon.split('~');
  const style = color === undefined ? '' : `color: var(--vscode-${color.replaceAll('.', '-')})`;
  // No component for each row: hundreds of rows are drawn.
  return html`<span
    class="codicon codicon-${name} ${spin === 'spin' ? 'codicon-modifier-spin' : ''}"
    aria-hidden="true"
    style=${style}
  ></span>`;
}

/** A button that looks like a link. */
export function linkButton(text: unknown, press: () => void, label?: string): TemplateResult {
  return html`<button class="link" type="button" aria-label=${label ?? nothing} @click=${press}>
    ${text}
  </button>`;
}

/** Content below a line that opens and closes it. */
export function folded(title: string, open: boolean, body: unknown): TemplateResult {
  return html`<details ?open=${open}>
    <summary>${title}</summary>
    ${body}
  </details>`;
}
