import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGuides } from './guides.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-guides-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('finds passages with their files', async () => {
  await writeFile(path.join(folder, 'loops.md'), '# Loops\n\nParallelFor runs tasks for each item.');
  await writeFile(path.join(folder, 'picture.png'), 'not a page');
  const found = await createGuides(folder).search(['loop over items'], 5, never);
  expect(found).toMatchObject({ pages: 1, doubtful: false });
  expect(found.passages.map(({ file, line }) => [file, line])).toEqual([[path.join(folder, 'loops.md'), 1]]);
});

it('says that the pages cannot be read, and reads them once they can', async () => {
  const guides = createGuides(path.join(folder, 'later'));
  await expect(guides.search(['loop'], 5, never)).rejects.toMatchObject({ kind: 'internal' });
  await rm(folder, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-guides-'));
  await expect(createGuides(folder).search(['loop'], 5, never)).resolves.toMatchObject({ passages: [] });
});

it('is cancelled', async () => {
  await expect(createGuides(folder).search(['loop'], 5, AbortSignal.abort())).rejects.toMatchObject({
    kind: 'cancelled',
  });
});
