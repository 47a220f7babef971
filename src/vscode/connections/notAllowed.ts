import { MlopsError } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { type ConfiguredCluster, whereOf } from './clusterRow.ts';

const hint = 'Take the command MLOps: Allow connection.';

/** The error for a connection of the workspace that nobody has allowed. */
export function notAllowedYet(cluster: ConfiguredCluster): MlopsError {
  const place = cluster.kube === undefined ? new URL(cluster.endpoint).host : `the ${whereOf(cluster)}`;
  const words = `Not allowed yet: ${asName(cluster.info.name)} comes with this workspace and would contact ${place}.`;
  return new MlopsError('forbidden', words, { hint });
}

/** The error for one whose kube context is no longer what was allowed. */
export function notAllowedAnyMore({ info }: ConfiguredCluster): MlopsError {
  const words = `Not allowed any more: what the kube context of ${asName(info.name)} contacts, runs or reads has changed.`;
  return new MlopsError('forbidden', words, { hint });
}
