import type { Json } from '../../../core/domain/json.ts';
import type { Parameter, Pipeline, PipelineSummary } from '../../../core/domain/pipeline.ts';
import { own } from '../../../core/domain/own.ts';
import { hideLogins } from '../../../core/text/logins.ts';
import { planEnvironments } from '../spec/environments.ts';
import { located } from '../spec/localPackages.ts';
import { judge } from '../spec/judge.ts';
import { packageSources, sourceBlockers } from '../spec/packageSources.ts';
import type { SourceRules } from '../spec/packageSources.ts';
import { pipelineParameters } from '../../../core/pipelineSpec/parameters.ts';
import type { SpecFile } from '../spec/readPipelineFile.ts';
import { taskGraph } from '../../../core/pipelineSpec/taskGraph.ts';

/** A pipeline in full, judged with its defaults. */
export function toPipeline(summary: PipelineSummary, file: SpecFile, rules: SourceRules): Pipeline {
  const parameters = pipelineParameters(file.spec);
  const judged = judge(file.spec, file.platform, withDefaults(parameters, {}), file.runtimeConfig);
  const { displayName, description } = file.spec.pipelineInfo;
  const packages = planEnvironments(file.spec).flatMap((plan) => plan.requirements);
  return {
    ...summary,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    parameters,
    tasks: taskGraph(file.spec),
    packages: [...new Set(packages)].map((one) => hideLogins(located(one, file.root))),
    sources: packageSources(file.spec),
    blockers: [...judged.blockers, ...sourceBlockers(file.spec, rules)],
    notes: [...judged.notes, ...(file.remarks ?? [])],
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
