import type { TaskInput } from '../domain/pipeline.ts';
import { artifactInputs, parameterInputs } from './parts.ts';
import type { TaskSpec } from './schema.ts';

/** What a task takes from other tasks of its level; a list of artifacts is one input with several sources. */
export function taskInputs(task: TaskSpec): readonly TaskInput[] {
  const parameters = parameterInputs(task).flatMap(([name, input]): TaskInput[] => {
    const status = input.taskFinalStatus;
    if (status !== undefined)
      return [{ name, kind: 'parameter', from: status.producerTask, output: 'final status' }];
    const output = input.taskOutputParameter;
    if (output === undefined) return [];
    return [{ name, kind: 'parameter', from: output.producerTask, output: output.outputParameterKey }];
  });
  const artifacts = artifactInputs(task).flatMap(([name, input]): TaskInput[] => {
    const output = input.taskOutputArtifact;
    if (output === undefined) return [];
    return [{ name, kind: 'artifact', from: output.producerTask, output: output.outputArtifactKey }];
  });
  return [...parameters, ...artifacts];
}
