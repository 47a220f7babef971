import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Fact, PdfContent, TextContent } from '../../core/storage/preview/preview.ts';
import { framedPage } from '../shared/framedPage.ts';
import { markdownHtml } from '../shared/markdownHtml.ts';
import type { ShownPreview } from './contract.ts';
import { tableView } from './tableView.ts';

/** What the object holds, by its kind. */
export function contentView({ preview, picture }: ShownPreview): TemplateResult {
  const { content } = preview;
  switch (content.kind) {
    case 'empty':
      return html`<p>The object is empty.</p>`;
    case 'table':
      return html`${factList(content.facts)} ${tableView(content, 'Rows')}`;
    case 'text':
      return textView(content, picture);
    case 'picture':
      return picture === undefined
        ? html`<p>The picture is not drawn here.</p>`
        : html`<img class="picture" src=${picture} alt=${`Picture ${preview.stat.key}`} />`;
    case 'pdf':
      return pdfView(content);
    case 'described':
      return html`${content.warning === undefined ? nothing : html`<p class="warning">${content.warning}</p>`}
      ${factList(content.facts)}
      ${content.table === undefined ? nothing : tableView(content.table, 'Entries')}`;
    case 'broken':
      return html`<p class="warning">${content.reason}</p>`;
    case 'binary':
      return plainText(content.hex, 'First bytes');
  }
}

function factList(facts: readonly Fact[]): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`<dl class="facts">
    ${facts.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Text as it is; a region that scrolls by keys. */
const plainText = (text: string, label: string): TemplateResult =>
  html`<pre class="text" tabindex="0" role="region" aria-label=${label}>${text}</pre>`;

function textView({ format, text, tail, facts }: TextContent, picture: string | undefined): TemplateResult {
  const source = html`<details>
    <summary>Source</summary>
    ${plainText(text, 'Source')}
  </details>`;
  if (format === 'Markdown')
    return html`<div class="markdown">${guard([text], () => unsafeHTML(markdownHtml(text)))}</div>
      ${source}`;
  if (format === 'HTML')
    return html`<iframe sandbox="" title="The page" srcdoc=${guard([text], () => framedPage(text))}></iframe>
      ${source}`;
  if (format === 'SVG' && picture !== undefined)
    return html`<img class="picture" src=${picture} alt="The picture" /> ${source}`;
  if (tail === undefined) return html`${factList(facts)} ${plainText(text, 'Text')}`;
  return html`<h2>Beginning</h2>
    ${plainText(text, 'Beginning')}
    <h2>End</h2>
    ${plainText(tail, 'End')}`;
}

function pdfView({ title, texts }: PdfContent): TemplateResult {
  const isEmpty = texts.every((text) => text.trim() === '');
  return html`${title === undefined ? nothing : factList([{ name: 'title', value: title }])}
  ${isEmpty ? html`<p>Its pages have no text: they may be pictures of it.</p>` : nothing}
  ${texts.map((text, index) =>
    text.trim() === ''
      ? nothing
      : html`<section aria-labelledby=${`page-${index + 1}`}>
          <h2 id=${`page-${index + 1}`}>Page ${index + 1}</h2>
          <p class="page">${text.trim()}</p>
        </section>`,
  )}`;
}
