/** What a node of a workflow is for: a task of the run, and which of its programs. */
export interface NodePlace {
  /** Path of the task; empty for the run itself. */
  readonly path: string;
  /** `holder`: a group of others, such as all of a task or its tries. */
  readonly part: 'driver' | 'program' | 'retries' | 'holder';
}

/** Works out from a node's name what it is for; undefined for one that is not below the workflow's root. */
export function placeOfNode(name: string, workflow: string, type: string | undefined): NodePlace | undefined {
  if (!`${name}.`.startsWith(`${workflow}.`)) return undefined;
  const inside = name.slice(workflow.length + 1);
  if (inside === 'root-driver') return { path: '', part: 'driver' };
  if (inside === 'root' || inside === '') return { path: '', part: 'holder' };
  const path = withoutExits(withIterations(inside.replace(/^root\./, '')));
  const driver = /^(.*?)(?:\.iteration(?:-item)?)?-driver$/.exec(path);
  if (driver !== null) return { path: pathOf(driver[1]), part: 'driver' };
  const tries = /^(.*)\.executor(?:\(\d+\))?$/.exec(path);
  if (tries !== null) return { path: pathOf(tries[1]), part: type === 'Retry' ? 'retries' : 'program' };
  return { path: pathOf(path), part: works.has(type ?? '') ? 'program' : 'holder' };
}

/** The types of nodes that do something by themselves. */
const works = new Set(['Pod', 'Plugin', 'HTTP', 'Container']);

/** `loop.iteration-iterations(1:1).iteration-item.train` is `loop[1].train`. */
function withIterations(name: string): string {
  return name
    .replaceAll(/\.iteration-iterations\((\d+):[^)]*\)/g, '[$1]')
    .replaceAll(/\.iteration-item(?=\.|$)/g, '');
}

/** What runs when a group ends stands below the group's own exit, and beside the group in the pipeline. */
function withoutExits(name: string): string {
  return name
    .replaceAll(/(^|\.)[^.]+\.onExit(?=\.|$)/g, '$1')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^\./, '');
}

const pathOf = (name = '') => name.replaceAll('.', '/');
