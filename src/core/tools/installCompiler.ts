import * as z from 'zod';
import { compilerQuestion } from '../pipelines/compilerQuestion.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineCompiler } from '../ports/pipelineCompiler.ts';
import { defineTool, type ToolDeps } from './tool.ts';

export const installCompilerTool = defineTool({
  name: 'mlops_install_compiler',
  title: 'Install the pipeline compiler',
  userDescription: 'Installs what compiles Python files with @dsl.pipeline, after asking.',
  modelDescription:
    'Installs the Kubeflow Pipelines SDK for Python pipelines, after the person has confirmed. Only when a call was refused because it is missing; then make that call again.',
  effect: 'write',
  input: z.strictObject({}),
  progress: () => 'Installing the pipeline compiler',
  confirm: async (_input, deps, signal) => {
    const compiler = await missingCompiler(deps, signal);
    return { question: compilerQuestion(compiler, deps.connection.info) };
  },
  run: async (_input, deps, signal) => (await missingCompiler(deps, signal)).install(signal),
  render: () =>
    'The pipeline compiler is installed. Python files with `@dsl.pipeline` can be described and run now.',
  mentions: () => [],
  did: () => 'Installed the pipeline compiler',
  examples: [
    {
      say: 'install the pipeline compiler',
      means: {},
      does: 'asks first; for Python files with @dsl.pipeline',
    },
  ],
  sentences: [
    {
      pattern: /^install (?:the )?(?:pipeline )?(?:compiler|sdk|kubeflow pipelines sdk|kfp)$/i,
      means: () => ({}),
    },
  ],
});

async function missingCompiler(deps: ToolDeps, signal: AbortSignal): Promise<PipelineCompiler> {
  const backend = await deps.backend();
  if (backend.compiler === undefined) {
    const machine = backend.connection.name;
    throw new MlopsError('unsupported', `${machine} compiles nothing here.`);
  }
  if (await backend.compiler.isInstalled(signal))
    throw new MlopsError('conflict', 'The pipeline compiler is there already.');
  return backend.compiler;
}
