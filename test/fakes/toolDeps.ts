import type { ToolDeps } from '../../src/core/tools/tool.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';
import { MemoryObjectStore } from './memoryObjectStore.ts';

/** What a tool gets in a trusted workspace, from a person who says yes to everything. */
export function toolDeps(backend: FakePipelineBackend, more: Partial<ToolDeps> = {}): ToolDeps {
  return {
    backend,
    store: new MemoryObjectStore(),
    clock: backend.clock,
    trusted: true,
    idempotencyKey: 'key-1',
    report: () => undefined,
    ask: async () => true,
    ...more,
  };
}
