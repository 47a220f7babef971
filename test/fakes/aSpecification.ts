import { readSpecification, type Specification } from '../../src/core/pipelineSpec/readSpecification.ts';

/** A specification of one task that takes a text, as a compiler writes it. */
export function aSpecification(name: string, description?: string): Specification {
  const value = {
    pipelineInfo: { name, ...(description === undefined ? {} : { description }) },
    schemaVersion: '2.1.0',
    components: { 'comp-say': { executorLabel: 'exec-say' } },
    deploymentSpec: { executors: { 'exec-say': { container: { image: 'python:3.11' } } } },
    root: {
      inputDefinitions: { parameters: { word: { parameterType: 'STRING' } } },
      dag: { tasks: { say: { componentRef: { name: 'comp-say' }, taskInfo: { name: 'say' } } } },
    },
  };
  const read = readSpecification([{ value, lineOf: () => 1 }]);
  if (read.kind !== 'pipeline') throw new Error(`No specification: ${JSON.stringify(read)}`);
  return read.specification;
}
