import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { ReportRow } from '../../core/results/artifactRows.ts';
import type { RunResults } from '../../core/results/runResults.ts';
import type { ReportText } from './contract.ts';
import { framedPage } from '../shared/framedPage.ts';
import { markdownHtml } from '../shared/markdownHtml.ts';
import { section } from './section.ts';
import { type ViewContext, type Model, objectKey } from './store.ts';

/** Most reports that are open initially. */
const openAtOnce = 2;
/** Requested reports: the panel may be drawn many times until they arrive. */
const asked = new Set<string>();

/** HTML and Markdown that tasks wrote, shown without running any of it. */
export function reportsSection(
  results: RunResults,
  model: Model,
  view: ViewContext,
): TemplateResult | typeof nothing {
  const { reports, active } = results;
  if (reports.length === 0) return nothing;
  const byItself = reports.length <= openAtOnce && !active;
  return section(
    'Reports',
    reports.map((report) => {
      const key = `report ${objectKey(report.object)}`;
      const open = model.open.get(key) ?? byItself;
      return reportBox(report, { open, key }, model, view);
    }),
  );
}

interface Box {
  readonly open: boolean;
  readonly key: string;
}

function reportBox(
  { task, name, type, object }: ReportRow,
  { open, key }: Box,
  model: Model,
  view: ViewContext,
) {
  const text = model.reports.get(objectKey(object));
  if (open && !asked.has(key)) {
    asked.add(key);
    view.send({ type: 'readReport', object });
  }
  const inBrowser = () => view.send({ type: 'openInBrowser', object });
  const asText = () => view.send({ type: 'openObject', object });
  const toggle = (event: Event) => {
    const now = (event.currentTarget as HTMLDetailsElement).open;
    if (now !== open) view.setOpen(key, now);
  };
  return html`<details ?open=${open} @toggle=${toggle}>
    <summary>${name} of ${task} (${type})</summary>
    <div class="report">
      ${open ? reportBody(text, `${name} of ${task}`) : nothing}
      <div class="actions">
        ${
          type === 'HTML'
            ? html`<vscode-button
                secondary
                icon="link-external"
                title="In the browser its scripts run and it may load things from elsewhere"
                @click=${inBrowser}
                >Open in browser</vscode-button
              >`
            : nothing
        }
        <vscode-button secondary icon="go-to-file" @click=${asText}>Open as text</vscode-button>
      </div>
    </div>
  </details>`;
}

function reportBody(text: ReportText | undefined, title: string): TemplateResult {
  if (text === undefined) return html`<p class="quiet" role="status">Reading …</p>`;
  switch (text.kind) {
    case 'unshown':
      return html`<p>${text.message}</p>`;
    case 'markdown':
      return html`<div class="markdown">
        ${guard([text.text], () => unsafeHTML(markdownHtml(text.text)))}
      </div>`;
    case 'html':
      return html`<iframe
        sandbox=""
        title=${title}
        srcdoc=${guard([text.text], () => framedPage(text.text))}
      ></iframe>`;
  }
}
