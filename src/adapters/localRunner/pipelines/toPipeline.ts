import type { Json } from '../../../core/domain/json.ts';
import type { Parameter, Pipeline, PipelineSummary } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { hideLogins } from '../../../core/text/logins.ts';
import { planEnvironments } from '../spec/environments.ts';
import { located } from '../spec/localPackages.ts';
import { judge } from '../spec/judge.ts';
import { packageSources } from '../../../core/pipelineSpec/packageSources.ts';
import { sourceBlockers } from '../spec/sourceBlockers.ts';
import type { SourceRules } from '../spec/sourceBlockers.ts';
import { pipelineParameters } from '../../../core/pipelineSpec/parameters.ts';
import type { Specification } from '../../../core/pipelineSpec/readSpecification.ts';
import { taskGraph } from '../../../core/pipelineSpec/taskGraph.ts';

/** A pipeline in full, judged with its defaults. */
export function toPipeline(
  summary: PipelineSummary,
  specification: Specification,
  rules: SourceRules,
): Pipeline {
  const parameters = pipelineParameters(specification.spec);
  const judged = judge(
    specification.spec,
    specification.platform,
    withDefaults(parameters, {}),
    specification.runtimeConfig,
  );
  const { displayName, description } = specification.spec.pipelineInfo;
  const packages = planEnvironments(specification.spec).flatMap((plan) => plan.requirements);
  return {
    ...summary,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    parameters,
    tasks: taskGraph(specification.spec),
    packages: [...new Set(packages)].map((one) => hideLogins(located(one, specification.root))),
    sources: packageSources(specification.spec),
    blockers: [...judged.blockers, ...sourceBlockers(specification.spec, rules)],
    notes: [...judged.notes, ...(specification.remarks ?? [])],
  };
}

/** Every parameter that has a value: the given one, else its default. */
export function withDefaults(
  parameters: readonly Parameter[],
  given: { readonly [name: string]: Json },
): { readonly [name: string]: Json } {
  const entries = parameters.map(
    (parameter) => [parameter.name, own(given, parameter.name) ?? parameter.default] as const,
  );
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
