import { afterAll, describe } from 'vitest';
import { startDemo } from '../../servers/kfp/demo.ts';
import { kubeflowDiagnosis } from './cases/kubeflowDiagnosis.ts';
import { kubeflowGraph } from './cases/kubeflowGraph.ts';
import { kubeflowResults } from './cases/kubeflowResults.ts';
import { useEditor } from './support/suite.ts';

const server = await startDemo({ step: 250 });

describe('runs of a Kubeflow server', () => {
  afterAll(() => server.close());
  const suite = useEditor({
    workspace: 'samples',
    model: 'MLOps Basics',
    settings: {
      'mlops.connections': [{ name: 'Cluster', kind: 'kubeflow', endpoint: server.address }],
    },
  });

  kubeflowResults(suite);
  kubeflowGraph(suite);
  kubeflowDiagnosis(suite, server);
});
