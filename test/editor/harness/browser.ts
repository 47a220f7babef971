import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { ensureBrowser } from '../../../scripts/lib/browser.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that is there. `MLOPS_HEADED=1` shows it. */
export async function launchBrowser(): Promise<Browser> {
  const window = Boolean(process.env['MLOPS_HEADED']);
  return chromium.launch({
    executablePath: await ensureBrowser({ window }),
    headless: !window,
    args: flags,
  });
}

/** A profile of its own, that reaches the loopback and nothing else. */
export async function loopbackContext(
  browser: Browser,
  size = { width: 1400, height: 900 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: size });
  await context.route(leavesTheLoopback, (route) => route.abort());
  return context;
}

function leavesTheLoopback(url: URL): boolean {
  return /^https?:$/.test(url.protocol) && url.hostname !== '127.0.0.1';
}
