import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shot } from './support/shot.ts';
import { useEditor } from './support/suite.ts';

const day = 86_400_000;

describe('Python environments', () => {
  const suite = useEditor({ workspace: 'pipelines', ownEnvironments: true });
  const names = () =>
    fs.readdirSync(path.join(suite.place.home, 'envs')).filter((name) => !name.endsWith('.lock'));

  function plant(id: string, requirements: readonly string[], days: number, megabytes: number): void {
    const createdAt = Date.now() - days * day;
    const marker = { requirements, noDeps: ['kfp==2.17.0'], python: '3.11.7', createdAt, bytes: 0 };
    suite.place.plant(`envs/${id}/mlops-ready.json`, marker);
    suite.place.plant(`envs/${id}/lib/module.so`, 'x'.repeat(megabytes * 1_000_000));
  }

  it('are listed with what they take and who used them', async () => {
    const { quickInput } = suite.workbench;
    plant('27d4020cb70f', ['pandas==2.3.3', 'scikit-learn==1.7.2'], 2, 12);
    plant('60090b52d0e5', [], 9, 3);
    suite.place.plant('envs/9b6af23e1bd3/bin/python', 'half of it');
    for (const number of [1, 2, 3]) {
      const environments = [{ id: '27d4020cb70f' }];
      const pipeline = { id: 'iris', name: 'iris' };
      const run = { id: `iris-${number}`, number, name: 'iris', createdAt: 1, pipeline, arguments: {} };
      suite.place.plant(`runs/${number}/request.json`, { ...run, environments });
      const ended = { ...run, schema: 1, seq: 1, state: 'succeeded', tasks: [] };
      suite.place.plant(`runs/${number}/run.json`, ended);
    }
    await suite.workbench.tree('Pipelines').open();
    await suite.workbench.runCommand('MLOps: Manage Python environments and disk use');
    await expect.poll(() => quickInput.title()).toBe('3 environments, 15 MB');
    const rows = (await quickInput.rows()).map((row) => row.replace(/\s+/g, ' '));
    expect(rows).toEqual([
      expect.stringMatching(
        /pandas==2.3.3, scikit-learn==1.7.2, kfp==2.17.0\s*12 MB .*used by 3 runs, last iris-3/,
      ),
      expect.stringMatching(/kfp==2.17.0\s*3 MB .*no run that is still there used it/),
      expect.stringMatching(/Unfinished\s*10 B .*being built, or left behind/),
      expect.stringMatching(/Runs: records and logs/),
      expect.stringMatching(/Objects: what tasks wrote/),
      expect.stringMatching(/Environments\s*15 MB/),
      expect.stringMatching(/Free what nothing names/),
    ]);
    await shot(suite.workbench, 'environments');
  });

  it('are removed after asking, by a button', async () => {
    const { dialogs, quickInput } = suite.workbench;
    await quickInput.pressRow('pandas', 'Remove');
    const { message, detail } = await dialogs.wait();
    expect(message).toBe('Remove the environment 27d4020cb70f?');
    expect(detail).toContain('It takes 12 MB. 3 runs used it (iris-3, iris-2, iris-1).');
    await shot(suite.workbench, 'environment-remove');
    await dialogs.cancel();
    expect(names()).toHaveLength(3);
    await quickInput.pressRow('pandas', 'Remove');
    await dialogs.wait();
    await dialogs.press('Remove');
    await expect.poll(() => quickInput.title()).toBe('2 environments, 3 MB');
    expect(names()).toEqual(['60090b52d0e5', '9b6af23e1bd3']);
  });

  it('that no build finished go, too', async () => {
    const { dialogs, quickInput } = suite.workbench;
    await quickInput.pick('Unfinished');
    expect((await dialogs.wait()).detail).toContain('No build finished it.');
    await dialogs.press('Remove');
    await expect.poll(() => quickInput.title()).toBe('1 environment, 3 MB');
    expect(names()).toEqual(['60090b52d0e5']);
  });

  it('that no run asked for go with all that nothing names, after one question', async () => {
    const { dialogs, quickInput } = suite.workbench;
    await quickInput.pick('Free what nothing names');
    const { message, detail } = await dialogs.wait();
    expect(message).toBe('Remove 1 thing with 3 MB?');
    expect(detail).toContain('1 environment that no run asked for: 3 MB');
    await dialogs.press('Remove');
    await expect.poll(() => quickInput.title()).toBe('0 environments, 0 B');
    expect(names()).toEqual([]);
  });
});
