import type { Struct } from './struct.ts';

interface Act {
  readonly do?: string;
  readonly exit?: number;
  readonly log?: string;
}

interface Scene {
  readonly tasks?: { readonly [task: string]: Act | readonly Act[] };
  readonly drivers?: { readonly [task: string]: Act };
}

interface Node {
  readonly id: string;
  readonly name: string;
  readonly phase?: string;
}

interface Owner {
  readonly scene?: Struct;
  readonly workflowName: string;
}

/** The log of a node, by its id: what the scene of its life lets it print. The workflow is its manifest as text. */
export function logOf(life: Owner, manifest: string, id: string): string | undefined {
  const { status } = JSON.parse(manifest) as { status?: { nodes?: { [id: string]: Node } } };
  const node = status?.nodes?.[id];
  return node === undefined ? undefined : sceneLog(life, node);
}

/** What the scene of a life lets a node print. */
export function sceneLog({ scene, workflowName }: Owner, { name, phase }: Node): string | undefined {
  const { tasks = {}, drivers = {} }: Scene = scene ?? {};
  const inside = name.slice(workflowName.length + 1);
  const driver = driverOf(inside);
  if (driver !== undefined) return drivers[driver]?.log;
  const { task = '', attempt } = program.exec(inside)?.groups ?? {};
  const iteration = lastIteration.exec(inside)?.[1];
  return logIn(tasks[`${task}#${iteration}`] ?? tasks[task] ?? [], attempt, phase);
}

const driverOf = (inside: string) =>
  inside === 'root-driver' ? 'ROOT_DAG' : /([^.]+)-driver$/.exec(inside)?.[1];
const program = /(?<task>[^.]+)(?:\.executor(?:\((?<attempt>\d+)\))?)?$/;
const lastIteration = /\((\d+):[^)]*\)(?!.*\(\d+:)/;

/** The log of one of the tries: of the numbered one, else of the one that a node in this phase is. */
function logIn(
  acts: Act | readonly Act[],
  attempt: string | undefined,
  phase: string | undefined,
): string | undefined {
  if (!isList(acts)) return acts.log;
  if (attempt !== undefined) return (acts[Number(attempt)] ?? acts.at(-1))?.log;
  const failed = phase === 'Failed' || phase === 'Error';
  return (failed ? acts.find((act) => act.do !== 'ok') : acts.at(-1))?.log;
}

const isList = (acts: Act | readonly Act[]): acts is readonly Act[] => Array.isArray(acts);
