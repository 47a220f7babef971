import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../../servers/faultProxy.ts';
import { fillDemo } from '../../../servers/s3/demo.ts';
import type { S3Place } from '../../../servers/s3/s3Server.ts';
import { cannotBuild, startVersitygw } from '../../../servers/s3/versitygw.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';
import { fillPreviews, previewCases } from './previews.ts';
import { explorerCases } from './storageExplorer.ts';

/** How long building the store may take where it was not built before. */
const buildMs = 600_000;

/** Why there is no store here; in CI there has to be one. */
const missing = process.env['CI'] ? undefined : await cannotBuild();

/** A store behind S3 that is added, looked at and read. */
export function objectStoreCases(suite: Suite): void {
  describe.skipIf(missing !== undefined)('an object store', () => {
    let place: S3Place;
    let stop: () => Promise<void>;
    let proxy: FaultProxy;
    beforeAll(async () => {
      ({ place, stop } = await startVersitygw());
      proxy = await startFaultProxy(place.address.endpoint);
      await fillDemo(place);
      await fillPreviews(place);
      await suite.startOver();
    }, buildMs);
    afterAll(async () => {
      await proxy.close();
      await stop();
    });

    it('is added from its address and keys, which are tried first', async () => {
      const { quickInput, dialogs, notifications } = suite.workbench;
      await suite.workbench.runCommand('MLOps: Add object store…');
      await quickInput.answerTo('The address of its S3 API', proxy.address);
      await quickInput.answerTo('Who you are to the store', place.credentials.accessKey);
      await quickInput.answerTo('It is kept with', 'wrong');
      expect((await dialogs.wait()).message).toContain('the secret key is wrong');
      await shot(suite.workbench, 'store-wrong-key');
      await dialogs.press('Change the keys');
      await quickInput.answerTo('Who you are to the store', place.credentials.accessKey);
      await quickInput.answerTo('It is kept with', place.credentials.secretKey);
      await quickInput.answerTo('What you call it', 'Objects');
      await notifications.wait('Objects was added.');
    });

    it('stands in the sidebar, page by page', async () => {
      await suite.workbench.tree('Pipelines').open();
      const storage = suite.workbench.tree('Storage');
      await storage.row('Objects').click();
      await storage.row('datasets').click();
      await storage.row('clicks').click();
      await storage.row('2026-01-01.csv').waitFor();
      await shot(suite.workbench, 'store-tree');
      await storage.row('2026-01-01.csv').click();
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/2026-01-01\s*\.csv/);
    });

    explorerCases(suite, () => ({ place, proxy }));

    it('is read in the chat', async () => {
      const { chat } = suite.workbench;
      await chat.say('@mlops read models/churn/4/metrics.json on Objects');
      expect(await chat.waitForAnswer(runMs)).toContain('"auc": 0.92');
      await shot(suite.workbench, 'store-read');
    });

    previewCases(suite);
  });
}
