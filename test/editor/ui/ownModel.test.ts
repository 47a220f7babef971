import { afterAll, describe } from 'vitest';
import { startScriptedEndpoint } from '../harness/openaiServer.ts';
import { agentModeCases } from './cases/agentMode.ts';
import { attachmentsCases } from './cases/attachments.ts';
import { conversationsCases } from './cases/conversations.ts';
import { ownModelCases } from './cases/ownModel.ts';
import { ownModelEntry } from './support/ownModel.ts';
import { useEditor } from './support/suite.ts';

const endpoint = await startScriptedEndpoint();

describe('a window with a model of one’s own', () => {
  afterAll(() => endpoint.close());
  const suite = useEditor({
    workspace: 'light',
    model: 'MLOps Basics',
    models: () => [ownModelEntry(endpoint)],
  });

  attachmentsCases(suite, endpoint); // its first sentences are for MLOps Basics
  ownModelCases(suite, endpoint);
  conversationsCases(suite, endpoint);
  agentModeCases(suite, endpoint);
});
