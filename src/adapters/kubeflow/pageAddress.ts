import type { PageSubject } from '../../core/ports/pipelineBackend.ts';

const places = { run: 'runs', pipeline: 'pipelines', experiment: 'experiments' } as const;

/** The page of a thing in the Pipelines UI, which is at `/` or, beside other parts of Kubeflow, at `/pipeline/`. */
export function pageAddress(address: string, { kind, id }: PageSubject): string {
  const [thing = '', version] = kind === 'pipeline' ? id.split('@') : [id];
  const end = version === undefined ? '' : `/version/${encodeURIComponent(version)}`;
  return `${address.replace(/\/+$/, '')}/#/${places[kind]}/details/${encodeURIComponent(thing)}${end}`;
}
