import type { Pipeline, PipelineSummary } from '../domain/pipeline.ts';
import { hideLogins } from '../text/logins.ts';
import { packageSources } from './packageSources.ts';
import { pipelineParameters } from './parameters.ts';
import { pythonComponents } from './pythonComponent.ts';
import type { Specification } from './readSpecification.ts';
import { taskGraph } from './taskGraph.ts';

/**
 * A pipeline in full from its specification, without a connection's remarks. `located` makes the path of
 * a package absolute, where it is relative.
 */
export function describeSpecification(
  summary: PipelineSummary,
  { spec, remarks = [] }: Specification,
  located: (requirement: string) => string = (requirement) => requirement,
): Pipeline {
  const { displayName, description } = spec.pipelineInfo;
  const packages = [...pythonComponents(spec).values()].flatMap(({ install }) => install.requirements);
  return {
    ...summary,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    parameters: pipelineParameters(spec),
    tasks: taskGraph(spec),
    packages: [...new Set(packages)].toSorted().map((requirement) => hideLogins(located(requirement))),
    sources: packageSources(spec),
    blockers: [],
    notes: remarks,
  };
}
