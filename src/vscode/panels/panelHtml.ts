import { randomBytes } from 'node:crypto';

/** The files of a panel as its page refers to them. */
export interface PanelPlace {
  /** The address of a file below dist/webviews. */
  readonly at: (...parts: string[]) => string;
  /** The source of these files for the content security policy. */
  readonly cspSource: string;
}

/**
 * The page of a panel: only our script, no network, pictures only as data. The page keeps `data` (by lower-case names), so that
 * the panel can be opened again after a reload.
 */
export function panelHtml(
  place: PanelPlace,
  {
    panel,
    title,
    data,
  }: {
    readonly panel: string;
    readonly title: string;
    readonly data: { readonly [name: string]: string };
  },
): string {
  const nonce = randomBytes(16).toString('base64');
  const addressOf = (...parts: string[]) => escaped(place.at(...parts));
  const rules = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The components and the plots set styles on their elements.
    `style-src ${place.cspSource} 'unsafe-inline'`,
    `font-src ${place.cspSource}`,
    'img-src data:',
    // Our script makes a worker of its own text, to lay the graph out.
    'worker-src blob:',
  ].join('; ');
  const kept = Object.entries(data)
    .map(([name, value]) => `data-${name}="${escaped(value)}"`)
    .join(' ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escaped(rules)}" />
    <title>${escaped(title)}</title>
    <link rel="stylesheet" href="${addressOf('codicons', 'codicon.css')}" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" href="${addressOf(panel, 'main.css')}" />
  </head>
  <body ${kept}>
    <div id="app"></div>
    <script type="module" nonce="${nonce}" src="${addressOf(panel, 'main.js')}"></script>
  </body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
