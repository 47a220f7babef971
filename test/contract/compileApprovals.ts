import { expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';

interface CompilingSubject {
  readonly backend: PipelineBackend;
  /** A pipeline of a Python file, where the backend compiles such. */
  readonly python?: PipelineId;
}

const never = new AbortController().signal;

/** What a backend does that compiles Python files: nothing without a yes. */
export function compileApprovals(subject: () => CompilingSubject): void {
  it('runs a Python file to compile it only after a yes, and no longer once it is revoked', async () => {
    const { backend, python } = subject();
    if (python === undefined || backend.approvals === undefined) return;
    const request = {
      pipeline: python,
      parameters: { word: 'hi' },
      cache: false,
      idempotencyKey: crypto.randomUUID(),
    };
    const outline = await backend.getPipeline(python, never);
    expect(outline).toMatchObject({ name: 'quick-python', outline: true });
    expect(outline.parameters).toMatchObject([{ name: 'word', type: 'string', required: true }]);
    expect((await backend.prepareRun(request, never)).compiles).toBe(outline.source.label);
    await expect(backend.createRun(request, never)).rejects.toMatchObject({ kind: 'forbidden' });
    let changes = 0;
    const stop = backend.approvals.watch(() => (changes += 1));
    await backend.approvals.approve(python, never);
    expect((await backend.getPipeline(python, never)).outline).toBeUndefined();
    expect((await backend.prepareRun(request, never)).compiles).toBeUndefined();
    const [given] = await backend.approvals.list();
    expect(given?.scope).toBe('file');
    await backend.approvals.revoke([given?.id ?? '']);
    expect(changes).toBeGreaterThanOrEqual(2);
    stop();
    expect(await backend.approvals.list()).toEqual([]);
    expect((await backend.getPipeline(python, never)).outline).toBe(true);
  });
}
