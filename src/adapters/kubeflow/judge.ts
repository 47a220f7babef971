import type { PipelineId, Remark } from '../../core/domain/pipeline.ts';
import { describeSpecification } from '../../core/pipelineSpec/describeSpecification.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import type { Judgement } from '../../core/ports/pipelineBackend.ts';
import { asName } from '../../core/text/literal.ts';

/** What prevents a pipeline from running on a cluster, before it is sent there. */
export function judgeForCluster(specification: Specification): Judgement {
  const { spec } = specification;
  const { name } = spec.pipelineInfo;
  const blockers: Remark[] = [];
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    blockers.push({
      what: 'pipeline_name',
      message: `Kubeflow takes no pipeline that is called ${asName(name)}.`,
      hint: 'Name it in lowercase letters, digits and hyphens, and compile it anew.',
    });
  if (spec.schemaVersion !== '2.1.0')
    blockers.push({
      what: 'schema_version',
      message: `Kubeflow takes pipelines of the schema 2.1.0 alone; this one has ${spec.schemaVersion ?? 'none'}.`,
      hint: 'Compile it anew with the Kubeflow Pipelines SDK 2.',
    });
  return { blockers: [...blockers, ...localPackages(specification)], notes: specification.remarks ?? [] };
}

/** Packages that only this machine has. */
function localPackages(specification: Specification): readonly Remark[] {
  const summary = { id: '' as PipelineId, name: '', source: { kind: 'server' } } as const;
  const { packages } = describeSpecification(summary, specification);
  return packages
    .filter((requirement) => /^(?:-e\s|\.{0,2}\/|~|file:)/.test(requirement) || requirement === '.')
    .map((requirement) => ({
      what: 'local_package',
      message: `The package ${asName(requirement)} is on this machine, where the cluster cannot reach it.`,
      hint: 'Publish it to an index, or name it by an address that the cluster can reach.',
    }));
}
