import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../core/domain/connection.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { type Home, homeAt } from '../home.ts';
import { createEndClaim, createEndClaimOf } from './endClaim.ts';

const id = 'iris-12' as RunId;
let folder: string;
let home: Home;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-claim-'));
  home = homeAt(folder);
  fs.mkdirSync(home.run(12), { recursive: true });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe.each([
  ['of this machine', () => createEndClaim(home)],
  ['elsewhere', () => createEndClaimOf('cluster' as ConnectionId, home)],
])('the end of a run %s', (_, open) => {
  it('is claimed by one window', async () => {
    const [first, second] = [open(), open()];
    expect([await first.claim(id), await second.claim(id)]).toEqual([true, false]);
  });

  it('is known to be waited for until the last window stops', async () => {
    const [first, second] = [open(), open()];
    expect(await second.isWatched(id)).toBe(false);
    const [stop, stopAgain] = [await first.watch(id), await first.watch(id)];
    await stop();
    expect(await second.isWatched(id)).toBe(true);
    expect(await second.isWatched('iris-1' as RunId)).toBe(false);
    await stopAgain();
    expect(await second.isWatched(id)).toBe(false);
  });
});

it('does not mix up runs of one id in two places', async () => {
  const [here, there] = [createEndClaim(home), createEndClaimOf('cluster' as ConnectionId, home)];
  await here.watch(id);
  expect(await there.isWatched(id)).toBe(false);
  expect([await here.claim(id), await there.claim(id)]).toEqual([true, true]);
});
