import { startKfpServer } from '../servers/kfp/server.ts';
import { keptPipelines } from './keptPipelines.ts';
import { kubeflowSubject, sceneOf } from './kubeflowSubject.ts';
import { namedServer } from './namedServer.ts';
import { pipelineBackendContract } from './pipelineBackend.ts';

pipelineBackendContract(
  'Kubeflow Pipelines',
  async () => {
    const server = await startKfpServer({ step: 20, sceneOf });
    const nextVersion = async () => server.advance(1000); // the server tells versions apart by the second
    return kubeflowSubject({ address: server.address, nextVersion, close: () => server.close() });
  },
  keptPipelines,
);

const { MLOPS_TEST_KFP_URL: address, MLOPS_TEST_KUBECONFIG: kubeconfig } = process.env;

// Where it names none, there is nothing to skip.
if (address !== undefined)
  pipelineBackendContract(
    `Kubeflow Pipelines at ${address}`,
    async () => kubeflowSubject(await namedServer(address, kubeconfig)),
    keptPipelines,
  );
