import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Page, Request } from 'playwright-core';
import { root } from '../../scripts/node24.mjs';
import { panelHtml } from '../../src/vscode/panels/panelHtml.ts';
import type { FromPreview, ToPreview } from '../../src/webviews/preview/contract.ts';
import type { FromPanel, ToPanel } from '../../src/webviews/results/contract.ts';
import { launchBrowser } from '../editor/harness/browser.ts';

const origin = 'http://panel.localhost';
const files = path.join(root, 'dist', 'webviews');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** What the editor gives to a page: a way to send, a state that is kept, messages. */
const editorSide = `
  const sent = [];
  let state;
  const acquireVsCodeApi = () => ({
    postMessage: (message) => sent.push(message),
    getState: () => state,
    setState: (next) => (state = next),
  });
  window.sent = sent;
  window.acquireVsCodeApi = acquireVsCodeApi;
  window.receive = receive;
  async function receive(messages) {
    for (const data of messages) window.dispatchEvent(new MessageEvent('message', { data }));
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  }
`;

/** What a panel is given: which it is, and what its page keeps. */
interface Shown {
  readonly panel: string;
  readonly data: { readonly [name: string]: string };
}

/** A panel as built, in a browser without an editor around it: its page, its rules, its files. */
export class PanelPage {
  readonly page: Page;
  /** What the page asked for besides its own files; all of it was refused. */
  readonly refused: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static open(runs: readonly string[] = ['study-1']): Promise<PanelPage> {
    const data = { connection: 'this-machine', runs: runs.join(' ') };
    return PanelPage.#open({ panel: 'results', data });
  }

  static openPreview(bucket: string, key: string): Promise<PanelPage> {
    return PanelPage.#open({ panel: 'preview', data: { connection: 'objects', bucket, key } });
  }

  static async #open(shown: Shown): Promise<PanelPage> {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1000, height: 1200 } });
    const panel = new PanelPage(browser, await context.newPage());
    await context.addInitScript({ content: editorSide });
    await context.route(
      () => true,
      async (route) => {
        const own = ownFile(route.request(), shown);
        if (own === undefined) {
          panel.refused.push(route.request().url());
          return route.abort();
        }
        return route.fulfill(own);
      },
    );
    await panel.page.goto(`${origin}/`);
    return panel;
  }

  /** The page anew, as when the panel comes back into sight. */
  async reload(): Promise<void> {
    await this.page.reload();
  }

  /** Sends the panel a message and waits until what it shows is drawn. */
  async send(...messages: readonly (ToPanel | ToPreview)[]): Promise<void> {
    await this.page.evaluate(`receive(${JSON.stringify(messages)})`);
  }

  /** What the panel has sent so far. */
  async sent(): Promise<readonly (FromPanel | FromPreview)[]> {
    return this.page.evaluate<readonly (FromPanel | FromPreview)[]>('sent');
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

function ownFile(request: Request, shown: Shown) {
  const { origin: asked, pathname } = new URL(request.url());
  if (asked !== origin) return undefined;
  if (pathname === '/') return { contentType: 'text/html', body: html(shown) };
  const file = path.join(files, pathname);
  if (!file.startsWith(files) || !fs.existsSync(file)) return undefined;
  return {
    contentType: types[path.extname(file)] ?? 'application/octet-stream',
    body: fs.readFileSync(file),
  };
}

function html({ panel, data }: Shown): string {
  const place = { cspSource: origin, at: (...parts: string[]) => [origin, ...parts].join('/') };
  return panelHtml(place, { panel, title: panel, data });
}
