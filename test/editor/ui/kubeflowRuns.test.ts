import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe } from 'vitest';
import { startDemo } from '../../servers/kfp/demo.ts';
import { kubeflowDiagnosis } from './cases/kubeflowDiagnosis.ts';
import { kubeflowGraph } from './cases/kubeflowGraph.ts';
import { kubeflowResults } from './cases/kubeflowResults.ts';
import { storeArtifacts } from './support/storedArtifacts.ts';
import { useEditor } from './support/suite.ts';

const server = await startDemo({ step: 250 });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-artifacts-'));
storeArtifacts(server, folder);

describe('runs of a Kubeflow server', () => {
  afterAll(async () => {
    await server.close();
    fs.rmSync(folder, { recursive: true });
  });
  const suite = useEditor({
    workspace: 'samples',
    model: 'MLOps Basics',
    settings: {
      'mlops.connections': [
        { name: 'Cluster', kind: 'kubeflow', endpoint: server.address, store: 'Artifacts' },
        { name: 'Artifacts', kind: 'folder', folder },
      ],
    },
  });

  kubeflowResults(suite);
  kubeflowGraph(suite);
  kubeflowDiagnosis(suite, server);
});
