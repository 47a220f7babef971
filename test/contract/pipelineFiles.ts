import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { PipelineFiles } from '../../src/core/ports/pipelineFiles.ts';

/** A workspace with a compiled pipeline `quick`, a broken one, and a Python file; nothing was said yes to. */
export interface FilesSubject {
  readonly files: PipelineFiles;
  readonly quick: PipelineId;
  readonly broken: PipelineId;
  readonly python: PipelineId;
  /** Changes the file of `quick`. */
  readonly edit: () => Promise<void>;
  readonly trust: (trusted: boolean) => void;
  readonly remove: () => Promise<void>;
}

const never = new AbortController().signal;
const unknown = 'no-such-pipeline' as PipelineId;

/** What every workspace of pipelines does. */
export function pipelineFilesContract(name: string, make: () => Promise<FilesSubject>): void {
  describe(`pipeline files: ${name}`, () => {
    let subject: FilesSubject;
    beforeAll(async () => {
      subject = await make();
    }, 180_000);
    afterAll(() => subject.remove());
    listing(() => subject);
    handingOver(() => subject);
    compiling(() => subject);
  });
}

function listing(subject: () => FilesSubject): void {
  it('lists pipelines by name, including broken ones', async () => {
    const { files, quick, broken, python } = subject();
    const { items, total } = await files.list({ size: 200 }, never);
    const names = items.map((item) => item.name);
    expect(names).toEqual(names.toSorted());
    expect(total).toBe(items.length);
    expect(items.map((item) => item.id)).toEqual(expect.arrayContaining([quick, broken, python]));
    expect(items.find((item) => item.id === broken)?.problem).toMatchObject({ message: expect.anything() });
  });

  it('lists pipelines in pages and by a search text', async () => {
    const { files, quick } = subject();
    const all = (await files.list({ size: 200 }, never)).items.map((item) => item.id);
    const paged: PipelineId[] = [];
    let page: string | undefined;
    do {
      const listed = await files.list({ size: 1, ...(page === undefined ? {} : { page }) }, never);
      paged.push(...listed.items.map((item) => item.id));
      page = listed.next;
    } while (page !== undefined);
    expect(paged).toEqual(all);
    const named = await files.list({ text: 'SAYS A' }, never);
    expect(named.items.map((item) => item.id)).toEqual([quick]);
    await expect(files.list({ page: 'nonsense' }, never)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('reports changes until it is unsubscribed', async () => {
    const { files, edit } = subject();
    let changes = 0;
    const stop = files.watch(() => (changes += 1));
    await edit();
    await expect.poll(() => changes).toBeGreaterThan(0);
    stop();
    const before = changes;
    await edit();
    expect(changes).toBe(before);
  });
}

function handingOver(subject: () => FilesSubject): void {
  it('hands over a compiled pipeline with its whole specification', async () => {
    const { files, quick } = subject();
    const given = await files.read(quick, never);
    expect(given).toMatchObject({
      kind: 'spec',
      pipeline: { id: quick, name: 'quick', description: 'Says a word.', blockers: [], notes: [] },
      specification: { json: { pipelineInfo: { name: 'quick' } } },
    });
    expect(await files.forRun(quick, never)).toEqual(given);
    expect(await files.find(quick, never)).toMatchObject({ id: quick, source: { kind: 'yaml' } });
  });

  it('hands over nothing for an unknown id', async () => {
    const { files } = subject();
    expect(await files.find(unknown, never)).toBeUndefined();
    expect(await files.read(unknown, never)).toBeUndefined();
    expect(await files.forRun(unknown, never)).toBeUndefined();
  });

  it('hands over no broken pipeline, and nothing after a cancellation', async () => {
    const { files, broken, quick } = subject();
    for (const work of [files.read(broken, never), files.forRun(broken, never)])
      await expect(work).rejects.toMatchObject({ kind: 'invalid' });
    await expect(files.read(quick, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('hands over nothing to run in Restricted Mode, but still something to look at', async () => {
    const { files, quick, trust } = subject();
    trust(false);
    expect(await files.read(quick, never)).toMatchObject({ kind: 'spec' });
    await expect(files.forRun(quick, never)).rejects.toMatchObject({ kind: 'forbidden' });
    trust(true);
  });
}

function compiling(subject: () => FilesSubject): void {
  it('hands over a Python file as its outline only, never to be run, until its content has a yes', async () => {
    const { files, python } = subject();
    expect(await files.read(python, never)).toMatchObject({
      kind: 'outline',
      pipeline: { id: python, outline: true, parameters: [{ name: 'word' }] },
      content: expect.stringMatching(/./),
    });
    await expect(files.forRun(python, never)).rejects.toMatchObject({ kind: 'forbidden' });
    await files.approvals.approve(python, never);
    expect(await files.read(python, never)).toMatchObject({ kind: 'spec', pipeline: { id: python } });
    expect(await files.forRun(python, never)).toMatchObject({ kind: 'spec' });
    expect(await files.canCompile(never)).toBe(true);
    const given = await files.approvals.list();
    await files.approvals.revoke(given.map((approval) => approval.id));
    expect(await files.read(python, never)).toMatchObject({ kind: 'outline' });
    await expect(files.forRun(python, never)).rejects.toMatchObject({ kind: 'forbidden' });
  });
}
