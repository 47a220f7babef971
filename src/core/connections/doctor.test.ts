import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { ConnectionCheck, Finding } from '../ports/connectionChecks.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { checkUpLines, checkUpText } from './checkUpText.ts';
import { checkUp } from './doctor.ts';

const never = new AbortController().signal;
const { connection: info } = new FakePipelineBackend();

const step = (what: string, found: Finding | MlopsError): ConnectionCheck => ({
  what,
  check: async () => {
    if (found instanceof MlopsError) throw found;
    return found;
  },
});
const good = (what: string) => step(what, { state: 'good', words: `The ${what} is fine.` });
const checkUpOf = (...checks: readonly ConnectionCheck[]) =>
  checkUp({ info, checks: async () => checks }, never);

it('says of each step what it found, and that all works', async () => {
  const checked = await checkUpOf(
    good('address'),
    step('version', { state: 'unknown', words: 'It does not tell.' }),
  );
  expect(checkUpText(checked)).toBe(
    `**This machine works.**

- address: The address is fine.
- version: not known. It does not tell.`,
  );
});

it('ends at the first step that cannot be passed, with what to do', async () => {
  const failure = new MlopsError('auth', 'The session has ended.', { hint: 'Take MLOps: Sign in.' });
  const checked = await checkUpOf(good('address'), step('sign-in', failure), good('version'), good('clock'));
  expect(checkUpText(checked)).toBe(
    `**Something is wrong with the sign-in:** The session has ended. Take MLOps: Sign in.

- address: The address is fine.
- sign-in: **wrong.** The session has ended.
- not checked: version, clock`,
  );
  expect(checkUpLines(checked).slice(1)).toEqual(['sign-in: wrong', 'not checked: version, clock']);
});

it('goes on after something wrong that hinders no other step', async () => {
  const skew = { state: 'wrong', words: 'The clock is late.', fix: 'Set it.' } as const;
  const checked = await checkUpOf(step('clock', skew), good('store'));
  expect(checked.wrong?.what).toBe('clock');
  expect(checked.steps.map(({ finding }) => finding?.state)).toEqual(['wrong', 'good']);
});

it('looks at the objects of a connection that has some', async () => {
  const objects = new MemoryObjectStore();
  const checked = await checkUp(
    { info, checks: async () => [good('Python')], store: async () => objects },
    never,
  );
  expect(checked.steps.map(({ what }) => what)).toEqual(['Python', 'objects']);
  const none = async () => Promise.reject(new MlopsError('unsupported', 'There is no store.'));
  expect(await checkUp({ info, store: none }, never)).toMatchObject({
    steps: [{ finding: { state: 'unknown', words: 'There is no store.' } }],
  });
  const broken = async () => Promise.reject(new MlopsError('forbidden', 'No rights.'));
  expect((await checkUp({ info, store: broken }, never)).wrong?.finding.words).toBe('No rights.');
});

it('reports each step, and ends when it is cancelled', async () => {
  const lines: string[] = [];
  await checkUp({ info, checks: async () => [good('address'), good('clock')] }, never, (line) =>
    lines.push(line),
  );
  expect(lines).toEqual(['Checking the address', 'Checking the clock']);
  const waits = { what: 'address', check: () => new Promise<Finding>(() => undefined) };
  const controller = new AbortController();
  const checking = checkUp({ info, checks: async () => [waits] }, controller.signal);
  controller.abort();
  await expect(checking).rejects.toMatchObject({ kind: 'cancelled' });
});

it('says so where nothing can be checked', async () => {
  expect(checkUpText(await checkUp({ info }, never))).toBe('Nothing of This machine can be checked.');
});
