import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { type CompileReport, reportCompiling } from './reportCompiling.ts';

const never = new AbortController().signal;

it('tells how reading a pipeline went, and is the same backend otherwise', async () => {
  const fake = new FakePipelineBackend();
  const good = fake.addPipeline({ name: 'good' });
  const bad = fake.addPipeline({ name: 'bad', problem: { what: 'syntax', message: 'no' } });
  const reports: CompileReport[] = [];
  const backend = reportCompiling(fake, (report) => reports.push(report));
  const request = { pipeline: good, parameters: {}, cache: true, idempotencyKey: 'one' };
  await backend.prepareRun(request, never);
  await expect(backend.getPipeline(bad, never)).rejects.toMatchObject({ kind: 'invalid' });
  await expect(backend.getPipeline(good, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  expect(reports.map(({ pipeline, error }) => [pipeline, error?.kind])).toEqual([
    [good, undefined],
    [bad, 'invalid'],
  ]);
  expect(await backend.createRun(request, never)).toBe('good-1');
  expect((await backend.listRuns({}, never)).items).toHaveLength(1);
  expect(backend.connection.name).toBe('This machine');
});
