import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnoseRun } from '../../src/core/diagnosis/diagnoseRun.ts';
import type { Finding } from '../../src/core/diagnosis/finding.ts';
import { mainFinding, renderDiagnosis } from '../../src/core/diagnosis/renderDiagnosis.ts';
import type { RunId } from '../../src/core/domain/run.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { localMachine, never, repository, runEnded, startRun, type LocalMachine } from './localMachine.ts';
import { until } from './localPids.ts';

const contract = path.join(repository, 'test', 'contract', 'pipelines');

describe('the diagnosis of a run on this machine', () => {
  let machine: LocalMachine;
  let own: string;
  beforeAll(async () => {
    own = await mkdtemp(path.join(tmpdir(), 'mlops-greedy-'));
    const failing = await readFile(path.join(contract, 'failing.yaml'), 'utf8');
    const greedy = failing.replace('raise ValueError(message)', 'return bytearray(10 ** 13)');
    await writeFile(path.join(own, 'greedy.yaml'), greedy);
    machine = await localMachine([contract, own]);
    machine.settings.memoryLimitMegabytes = 1000;
  });
  afterAll(async () => {
    await machine.remove();
    await rm(own, { recursive: true });
  });

  interface Told {
    readonly finding: Finding | undefined;
    readonly text: string;
  }
  const told = async (id: RunId): Promise<Told> => {
    const diagnosis = await diagnoseRun({ backend: machine.backend, clock: systemClock }, id, never);
    return { finding: mainFinding(diagnosis), text: renderDiagnosis(diagnosis) };
  };
  const ended = async (
    pipeline: string,
    parameters: { readonly [name: string]: string } = {},
  ): Promise<Told> => {
    const id = await startRun(machine.backend, pipeline, parameters);
    await runEnded(machine.backend, id);
    return told(id);
  };

  it('names the task, the exception and the line of its code', async () => {
    const { finding, text } = await ended('pipelines/failing.yaml');
    expect(finding).toMatchObject({ cause: 'exception', path: 'fail', error: { type: 'ValueError' } });
    expect(text).toMatch(/failed in `fail`\*\*.*its code raised `ValueError`/);
    expect(text).toContain('ValueError: boom\nat line 9 of fail:\n  raise ValueError(message)');
  });

  it('says that it ran out of memory, and what to do', async () => {
    const { finding, text } = await ended(`${path.basename(own)}/greedy.yaml`);
    expect(finding).toMatchObject({ cause: 'outOfMemory', path: 'fail' });
    expect(text).toMatch(/it ran out of memory[\s\S]*\*\*Next:\*\*/);
  });

  it('names the input that has no value', async () => {
    const { finding, text } = await ended('pipelines/quick.yaml');
    expect(finding).toMatchObject({ cause: 'input', path: 'say' });
    expect(text).toContain('Input word has no value');
  });

  it('accuses a run that did well of nothing', async () => {
    const { finding, text } = await ended('pipelines/quick.yaml', { word: 'hi' });
    expect(finding).toBeUndefined();
    expect(text).toContain('did not fail: it succeeded');
  });

  it('says what is going on in a run that goes on, and of one that was stopped that nothing failed', async () => {
    const id = await startRun(machine.backend, 'pipelines/slow.yaml');
    await until(async () => (await machine.backend.getRun(id, never)).counts.running === 2);
    const { finding, text } = await told(id);
    expect(finding).toBeUndefined();
    expect(text).toMatch(/has not failed\*\*: it is running\. Now `sleep`, `sleep-2` run/);
    await machine.backend.stopRun(id, never);
    await runEnded(machine.backend, id);
    const stopped = await told(id);
    expect(stopped.finding).toBeUndefined();
    expect(stopped.text).toMatch(/was stopped/);
  });
});
