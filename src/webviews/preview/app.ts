import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { Preview, PreviewContent } from '../../core/storage/preview/preview.ts';
import { count } from '../../core/text/markdown.ts';
import { size } from '../../core/text/units.ts';
import { chartSection } from './chart.ts';
import { contentView } from './contentView.ts';
import type { ShownPreview } from './contract.ts';
import type { Model, Send } from './store.ts';

/** The whole page. */
export function app(model: Model, send: Send): TemplateResult {
  const { shown, failure } = model;
  if (failure !== undefined)
    return html`<main class="empty">
      <h1>${failure.message}</h1>
      <p>${failure.hint}</p>
    </main>`;
  if (shown === undefined) return html`<p class="quiet" role="status">Reading the object …</p>`;
  const { preview } = shown;
  return html`${header(shown, send)}
    <main>
      ${preview.content.kind === 'table' ? chartSection(preview.content, model, send) : nothing}
      ${contentView(shown)}
    </main>`;
}

function header({ preview, place }: ShownPreview, send: Send): TemplateResult {
  const { stat, content } = preview;
  const isPage = content.kind === 'text' && content.format === 'HTML';
  return html`<header class="object">
    <div class="title">
      <h1>${stat.key.split('/').at(-1)}</h1>
      <p>${formatOf(content)} · ${amount(preview)}</p>
      <div class="actions" role="toolbar" aria-label="What to do with this object">
        <vscode-button secondary icon="go-to-file" @click=${() => send({ type: 'open' })}>Open</vscode-button>
        ${
          isPage
            ? html`<vscode-button
                secondary
                icon="link-external"
                title="In the browser its scripts run and it may load things from elsewhere"
                @click=${() => send({ type: 'openInBrowser' })}
                >Open in browser</vscode-button
              >`
            : nothing
        }
      </div>
    </div>
    <code class="address">${place === undefined ? '' : `${place}: `}${stat.bucket}/${stat.key}</code>
    ${preview.cut.map((line) => html`<p class="quiet">${line}</p>`)}
  </header>`;
}

/** The format in words, with what it has. */
function formatOf(content: PreviewContent): string {
  switch (content.kind) {
    case 'empty':
      return 'empty';
    case 'text':
    case 'table':
    case 'described':
      return content.format;
    case 'picture': {
      const { format, width, height } = content;
      return width === undefined || height === undefined ? format : `${format}, ${width} × ${height} pixels`;
    }
    case 'pdf':
      return `PDF, ${count(content.pages, 'page')}`;
    case 'broken':
      return `broken ${content.format}`;
    case 'binary':
      return content.guess === undefined ? 'binary' : `binary, perhaps ${content.guess}`;
  }
}

function amount({ stat, read }: Preview): string {
  return read > 0 && read < stat.size ? `${size(stat.size)}, ${size(read)} of it read` : size(stat.size);
}
