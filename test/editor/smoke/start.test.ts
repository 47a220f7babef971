import fs from 'node:fs';
import path from 'node:path';
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
      const { origin } = new URL(address);
      expect((await fetch(origin)).status).toBe(403);

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
