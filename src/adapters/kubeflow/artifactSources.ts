import { artifactInputs, componentOf, tasksOf } from '../../core/pipelineSpec/parts.ts';
import type { ComponentSpec, PipelineSpec } from '../../core/pipelineSpec/schema.ts';

/** The path of the task that makes an artifact, by the artifact's name. */
export type Sources = { readonly [artifact: string]: string };

const mostTasks = 5000;

/** Where each task of a pipeline takes its artifacts from, by its path without iterations. */
export function artifactSources(spec: PipelineSpec): ReadonlyMap<string, Sources> {
  const found = new Map<string, Sources>();
  walk({ spec, found }, spec.root, '', {});
  return found;
}

function walk(
  into: { readonly spec: PipelineSpec; readonly found: Map<string, Sources> },
  owner: ComponentSpec,
  parent: string,
  given: Sources,
): void {
  for (const [name, task] of Object.entries(tasksOf(owner))) {
    if (into.found.size >= mostTasks) return;
    const below = (other: string) => (parent === '' ? other : `${parent}/${other}`);
    const sources = Object.fromEntries(
      artifactInputs(task).flatMap(([artifact, input]) => {
        const producer = input.taskOutputArtifact?.producerTask;
        const outer = input.componentInputArtifact;
        const source =
          producer !== undefined ? below(producer) : outer === undefined ? undefined : given[outer];
        return source === undefined ? [] : [[artifact, source] as const];
      }),
    );
    into.found.set(below(name), sources);
    const component = componentOf(task, into.spec);
    if (component?.dag) walk(into, component, below(name), sources);
  }
}

/** A path with the iterations of another one, as far as both are the same. */
export function inIterationOf(path: string, other: string): string {
  const others = other.split('/');
  let same = true;
  return path
    .split('/')
    .map((name, index) => {
      const part = others[index] ?? '';
      same &&= part.replace(/\[\d+\]$/, '') === name;
      return same ? part : name;
    })
    .join('/');
}
