import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchBrowser, loopbackContext } from '../harness/browser.ts';
import { Walkthrough } from '../harness/walkthrough.ts';
import { Workbench } from '../harness/workbench.ts';
import { withScratch } from './scratch.ts';
import { Script } from './script.ts';

test('npm start opens the samples behind a token, and says at its end which runs go on', async () => {
  await withScratch(async (scratch) => {
    const home = path.join(scratch, 'home');
    const env = {
      MLOPS_START_FOLDER: path.join(scratch, 'start'),
      MLOPS_START_BROWSER: 'none',
      MLOPS_HOME: home,
    };
    const start = new Script('start.mjs', ['--browser'], env);
    let browser: Browser | undefined;
    try {
      const address = (await start.prints(/http:\S+/))[0];
      const { origin, searchParams } = new URL(address);
      expect((await fetch(origin)).status).toBe(403);
      expect(startedWith(searchParams.get('tkn') ?? '')).toEqual([]);

      browser = await launchBrowser();
      const page = await (await loopbackContext(browser)).newPage();
      page.setDefaultTimeout(60_000);
      const workbench = new Workbench({ page, address, dataDir: scratch, shotsDir: scratch });
      await workbench.open();
      expect((await workbench.dialogs.wait()).message).toContain('Do you trust');
      await workbench.dialogs.pressPrimary();
      await workbench.models.waitFor('MLOps Basics');
      await new Walkthrough(page).step('Copy a pipeline with a bug').waitFor();
      await workbench.tree('Pipelines').row('iris').waitFor();
      await workbench.chat.session.locator('.chat-input-container', { hasText: '@mlops' }).waitFor();
      await workbench.chat.say('@mlops list pipelines');
      expect(await workbench.chat.waitForAnswer()).toContain('iris');

      fs.mkdirSync(path.join(home, 'runs', '1'), { recursive: true });
      fs.writeFileSync(path.join(home, 'runs', '1', 'run.json'), '{"id": "iris-1", "state": "running"}');
      start.child.kill('SIGINT');
      expect(await start.ended).toBe(0);
      expect(start.out).toContain('iris-1 (running)');
      await expect(fetch(origin)).rejects.toThrow('fetch failed');
    } finally {
      start.child.kill('SIGINT');
      await browser?.close();
      await start.ended;
    }
  });
});

test.skipIf(process.platform === 'win32')(
  'npm start gives the browser a file of this user alone, which leads to the editor',
  async () => {
    await withScratch(async (scratch) => {
      const given = path.join(scratch, 'given');
      const opener = `#!/bin/sh\nprintf '%s' "$1" > '${given}.part' && mv '${given}.part' '${given}'\n`;
      for (const name of ['xdg-open', 'open'])
        fs.writeFileSync(path.join(scratch, name), opener, { mode: 0o755 });
      const start = new Script('start.mjs', ['--browser'], {
        MLOPS_START_FOLDER: path.join(scratch, 'start'),
        MLOPS_START_BROWSER: '',
        DISPLAY: ':0',
        PATH: `${scratch}:${process.env['PATH']}`,
      });
      let browser: Browser | undefined;
      try {
        const { origin } = new URL((await start.prints(/http:\S+/))[0]);
        await expect.poll(() => fs.existsSync(given), { timeout: 10_000 }).toBe(true);
        const page = fs.readFileSync(given, 'utf8');
        expect(fs.statSync(page).mode & 0o777).toBe(0o600);

        browser = await launchBrowser();
        const tab = await (await loopbackContext(browser)).newPage();
        const editor = tab.waitForResponse((response) => response.url().startsWith(`${origin}/?folder=`));
        await tab.goto(pathToFileURL(page).href);
        expect((await editor).status()).toBe(200);

        start.child.kill('SIGINT');
        await start.ended;
        expect(fs.existsSync(page)).toBe(false);
      } finally {
        start.child.kill('SIGINT');
        await browser?.close();
        await start.ended;
      }
    });
  },
);

test.skipIf(process.platform === 'win32')(
  'npm start opens the desktop editor that is on the PATH',
  async () => {
    await withScratch(async (scratch) => {
      const log = path.join(scratch, 'arguments');
      const code = `#!/bin/sh\n[ "$1" = --version ] && echo 1.140.0 && exit\nprintf '%s\\n' "$@" > '${log}'\n`;
      fs.writeFileSync(path.join(scratch, 'code'), code, { mode: 0o755 });
      const env = {
        MLOPS_START_FOLDER: path.join(scratch, 'start'),
        PATH: `${scratch}:${process.env['PATH']}`,
      };
      const start = new Script('start.mjs', [], env);
      expect(await start.ended).toBe(0);
      expect(start.out).toContain('VS Code 1.140.0');
      const args = fs.readFileSync(log, 'utf8');
      expect(args).toContain('--extensionDevelopmentPath=');
      expect(args).toContain(path.join(scratch, 'start', 'desktop'));
      expect(fs.existsSync(path.join(scratch, 'start', 'workspace', 'iris'))).toBe(true);
    });
  },
);

/** The command lines on this machine with that text in them. */
function startedWith(text: string): readonly string[] {
  if (process.platform === 'win32') return [];
  const all = execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8', maxBuffer: 64_000_000 });
  return all.split('\n').filter((line) => line.includes(text));
}
