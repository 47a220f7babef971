import { describe, expect, it } from 'vitest';
import type { Struct } from './struct.ts';
import { PlannedLife } from './life.ts';

const spec: Struct = {
  pipelineInfo: { name: 'one' },
  root: { dag: { tasks: { a: { componentRef: { name: 'comp-a' }, taskInfo: { name: 'a' } } } } },
  components: { 'comp-a': { executorLabel: 'exec-a' } },
  deploymentSpec: { executors: { 'exec-a': { container: { image: 'python:3.12' } } } },
};
const step = 20;

describe('the life of a run', () => {
  it('ends when it is stopped right after a retry, before its workflow begins anew', () => {
    const scene = { tasks: { a: [{ do: 'ok', steps: 10_000 }] } } as const;
    const life = new PlannedLife({ pipeline: 'one', spec, createdAt: 0, step, scene });
    expect(life.terminate(200)).toBe('done');
    expect(life.report(400).state).toBe('FAILED');
    expect(life.retry(400)).toBe('done');
    expect(life.terminate(401)).toBe('done');
    expect(life.report(600).state).toBe('FAILED');
  });
});
