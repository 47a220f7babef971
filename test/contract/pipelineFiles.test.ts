import { aSpecification } from '../fakes/aSpecification.ts';
import { MemoryPipelineFiles } from '../fakes/memoryPipelineFiles.ts';
import { pipelineFilesContract } from './pipelineFiles.ts';

pipelineFilesContract('in memory', async () => {
  const files = new MemoryPipelineFiles();
  const quick = () => files.addSpec('quick.yaml', aSpecification('quick', 'Says a word.'));
  return {
    files,
    quick: quick(),
    broken: files.addBroken('broken.yaml', 'broken', 'There is no comp-a.'),
    python: files.addPython('quick_python.py:quick_python', aSpecification('quick-python')),
    edit: async () => void quick(),
    trust: (trusted) => (files.isTrusted = trusted),
    remove: async () => undefined,
  };
});
