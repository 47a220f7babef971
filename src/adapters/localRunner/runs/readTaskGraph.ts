import path from 'node:path';
import type { TaskNode } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import { taskGraph } from '../../../core/pipelineSpec/taskGraph.ts';
import { readBounded } from '../../node/files.ts';
import type { Home } from '../home.ts';
import type { RunReader } from './readRun.ts';
import { existing, numberOf } from './runAccess.ts';
import { requestSpecSchema } from './runRecord.ts';

const largestRequest = 64_000_000;

/** The tasks of a run by its request; none where that cannot be read. Throws notFound. */
export async function readTaskGraph(home: Home, reader: RunReader, id: RunId): Promise<readonly TaskNode[]> {
  await existing(reader, id);
  try {
    const file = path.join(home.run(numberOf(id)), 'request.json');
    const text = await readBounded(file, largestRequest);
    const request = requestSpecSchema.parse(JSON.parse(text ?? ''));
    return request.id === id ? taskGraph(request.spec) : [];
  } catch {
    return [];
  }
}
