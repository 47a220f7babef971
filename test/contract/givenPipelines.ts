import { expect, it } from 'vitest';
import type { Run, RunId } from '../../src/core/domain/run.ts';
import type { GivenOutline, GivenPipeline, GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import type { PipelineBackend, RunRequest } from '../../src/core/ports/pipelineBackend.ts';

interface GivenSubject {
  readonly backend: PipelineBackend;
  /** A pipeline that the backend does not have, which takes the text `word`. */
  readonly given: GivenSpec;
  readonly ended: (id: RunId) => Promise<Run>;
}

const never = new AbortController().signal;

function requestFor(given: GivenPipeline, agreed?: string): RunRequest {
  return {
    pipeline: given.pipeline.id,
    given,
    parameters: { word: 'hi' },
    cache: false,
    idempotencyKey: crypto.randomUUID(),
    ...(agreed === undefined ? {} : { agreed }),
  };
}

/** What a backend does with a pipeline that it does not have, and is handed. */
export function givenPipelines(subject: () => GivenSubject): void {
  it('judges, prepares and runs a given pipeline, and records which pipeline it was', async () => {
    const { backend, given, ended } = subject();
    const { id, name, source } = given.pipeline;
    await expect(backend.getPipeline(id, never)).rejects.toMatchObject({ kind: 'notFound' });
    expect(await backend.judge(given.specification, never)).toMatchObject({ blockers: [] });
    const { blockers, fingerprint: agreed } = await backend.prepareRun(requestFor(given), never);
    expect(blockers).toEqual([]);
    const run = await ended(await backend.createRun(requestFor(given, agreed), never));
    // The path of the file need not leave this machine.
    const { kind, label } = source;
    expect(run).toMatchObject({
      pipeline: { id, name, source: { kind, label } },
      parameters: { word: 'hi' },
    });
    const runs = await backend.listRuns({ pipeline: id, variants: [{ id, source }] }, never);
    expect(runs.items.map((item) => item.id)).toEqual([run.id]);
    await backend.deleteRun(run.id, never);
  });

  it('prepares a pipeline that is only outlined, and never runs it', async () => {
    const { backend, given } = subject();
    const pipeline = { ...given.pipeline, outline: true } as const;
    const outline: GivenOutline = { kind: 'outline', pipeline, incomplete: false, content: 'as it is' };
    const { fingerprint: agreed } = await backend.prepareRun(requestFor(outline), never);
    const other = await backend.prepareRun(requestFor({ ...outline, content: 'as it was' }), never);
    expect(other.fingerprint).not.toBe(agreed);
    const before = await backend.listRuns({ size: 200 }, never);
    for (const request of [requestFor(outline), requestFor(outline, agreed)])
      await expect(backend.createRun(request, never)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await backend.listRuns({ size: 200 }, never)).toEqual(before);
  });

  it('refuses a given pipeline that is not the one that was agreed to', async () => {
    const { backend, given } = subject();
    const { specification } = given;
    const { fingerprint: agreed } = await backend.prepareRun(requestFor(given), never);
    const json = { ...specification.json, defaultPipelineRoot: '/elsewhere' };
    const changed = { ...given, specification: { ...specification, json } };
    await expect(backend.createRun(requestFor(changed, agreed), never)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
}
