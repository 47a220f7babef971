import type { Connection } from '../../src/core/ports/connections.ts';
import { LineageIndex } from '../../src/core/lineage/lineageIndex.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { ToolDeps } from '../../src/core/tools/tool.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';
import { MemoryObjectStore } from './memoryObjectStore.ts';

/** What a tool gets in a trusted workspace, from a person who says yes to everything. */
export function toolDeps(
  backend: FakePipelineBackend,
  { objects = new MemoryObjectStore(), ...more }: Partial<ToolDeps> & { readonly objects?: ObjectStore } = {},
): ToolDeps {
  const lineage = new LineageIndex();
  const connection: Connection = {
    info: backend.connection,
    backend: async () => backend,
    store: async () => objects,
  };
  return {
    connection,
    backend: async () => backend,
    store: async () => objects,
    clock: backend.clock,
    trusted: true,
    idempotencyKey: 'key-1',
    report: () => undefined,
    ask: async () => true,
    lineage: async () => lineage,
    copy: async () => undefined,
    ...more,
  };
}
