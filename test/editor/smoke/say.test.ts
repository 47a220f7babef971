import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startScriptedEndpoint } from '../harness/openaiServer.ts';
import { withScratch } from './scratch.ts';
import { Script } from './script.ts';

test('say tells what is wrong with its arguments in one line', async () => {
  for (const args of [
    [],
    ['--allow', '--skip', 'x'],
    ['--workspace', '/nowhere', 'x'],
    ['--colour', 'x'],
    ['list runs'],
  ]) {
    const say = new Script('say.mjs', args);
    expect(await say.ended).toBe(2);
    expect(say.err.trimEnd().split('\n')).toHaveLength(1);
  }
});

test('say stops at a confirmation, with the confirmation in the transcript', async () => {
  await withScratch(async (home) => {
    const say = new Script('say.mjs', ['@mlops run iris with max_depth 3', '@mlops help'], {
      MLOPS_HOME: home,
    });
    expect(await say.ended).toBe(3);
    expect(say.out).toContain('max_depth = 3');
    expect(say.out).not.toContain('@mlops help');
  });
});

test('say takes settings of the machine', async () => {
  await withScratch(async (scratch) => {
    const home = path.join(scratch, 'home of the settings');
    const file = path.join(scratch, 'settings.json');
    await writeFile(file, JSON.stringify({ 'mlops.local.home': home }));
    const say = new Script('say.mjs', ['--settings', file, '@mlops list runs'], { MLOPS_HOME: scratch });
    expect({ code: await say.ended, err: say.err }).toEqual({ code: 0, err: '' });
    expect(await readdir(home)).toContain('runs');
  });
});

test('say speaks with a model of its own, in agent mode as well', async () => {
  const call = { calls: [{ name: 'mlops_run_pipeline', arguments: { pipeline: 'iris' } }] };
  const endpoint = await startScriptedEndpoint([{ text: 'Good day.' }, call, { text: 'As you like.' }]);
  try {
    await withScratch(async (home) => {
      const args = ['--endpoint', endpoint.url, '--skip', '--json', '@mlops hello', 'please run iris'];
      const say = new Script('say.mjs', args, { MLOPS_HOME: home });
      expect({ code: await say.ended, err: say.err }).toEqual({ code: 0, err: '' });
      const { turns } = JSON.parse(say.out);
      expect(turns).toHaveLength(2);
      expect(turns[0]).toMatchObject({ said: '@mlops hello', text: 'Good day.' });
      expect(turns[1]).toMatchObject({
        text: 'As you like.',
        toolCalls: [{ tool: 'mlops_run_pipeline', state: 'skipped' }],
      });
      expect(turns[1].confirmations).toMatchObject([{ kind: 'tool', answer: 'skipped' }]);
      expect(turns[1].tokens.said).toBeGreaterThan(0);
      expect(endpoint.requests[1]?.tools.length).toBeGreaterThan(20);
    });
  } finally {
    await endpoint.close();
  }
});
