/** How an answer differs from the recorded one after normalising; undefined when it does not. */
export function differenceOf(
  actual: Exchange,
  recorded: Exchange,
  context: ComparisonContext,
): string | undefined {
  if (actual.status !== recorded.status) return `status ${actual.status}, recorded ${recorded.status}`;
  const [type, wanted] = [actual, recorded].map((one) => one.type.split(';')[0]);
  if (type !== wanted) return `content-type ${type}, recorded ${wanted}`;
  if (context.everything && isObject(recorded.body) && isObject(actual.body)) return undefined;
  const unsettled = context.reading && isUnsettled(recorded.body);
  const whole = { ...context, unsettled };
  return firstDifference(normal(actual.body, whole), normal(recorded.body, whole), '$');
}

export interface Exchange {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

export interface ComparisonContext {
  /** The list is not filtered: what it holds depends on all that is in the server. */
  readonly everything: boolean;
  /** A part of a list whose order falls to the ids: which items are in it is a matter of chance. */
  readonly chance: boolean;
  /** The last answer of several, at a moment of the server's own: tasks may lag behind their run. */
  readonly moment: boolean;
  /** A list of runs that are just beginning: how far each is reported is a matter of moments. */
  readonly unsettled?: boolean;
  /** It is read, not made. */
  readonly reading: boolean;
}

function isCertain(change: unknown): boolean {
  return isObject(change) && change['state'] !== undefined && change['state'] !== 'CANCELING';
}

function isUnsettled(body: unknown): boolean {
  const runs = isObject(body) && Array.isArray(body['runs']) ? (body['runs'] as readonly unknown[]) : [];
  const all = isObject(body) && body['run_id'] !== undefined ? [body] : runs;
  return all.some((run) => isObject(run) && (run['state'] === undefined || run['state'] === 'PENDING'));
}

/** What tells an item of a list from its neighbours. */
const ownFields = new Set([
  'pipeline_spec',
  'tags',
  'name',
  'display_name',
  'description',
  'trigger',
  'storage_state',
  'last_run_created_at',
]);
const reportedFields = new Set(['state', 'state_history', 'run_details']);

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const fixedId = '11111111-2222-3333-4444-555555555555';
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const never = '1970-01-01T00:00:00Z';

type Path = readonly string[];

/** The value with everything replaced that is another one at each playing. */
export function normal(value: unknown, context: ComparisonContext, path: Path = []): unknown {
  const key = path.at(-1) ?? '';
  if (typeof value === 'string') return normalText(value, key);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (key === 'state_history') {
      // A run may be reported before it has a state, and after it has ended without its CANCELING; a task's states in between depend on when the agent looked.
      const kept = path.includes('task_details') ? items.slice(-1) : items.filter(isCertain);
      return kept.map((item) => normal(item, context, [...path, '[]']));
    }
    if (key === 'task_details' && context.moment) return '<tasks>';
    const normalItems = items.map((item) => normal(item, context, [...path, '[]']));
    return unordered.has(key) ? normalItems.toSorted(byText) : normalItems;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => !isLeftOut(name, context, path));
  return Object.fromEntries(
    entries
      .map(([name, part]) => [name, normal(part, context, [...path, name])] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function isLeftOut(name: string, { chance, unsettled }: ComparisonContext, path: Path): boolean {
  if (name in dropped) return true;
  const inItem = (path.at(-1) === '[]' && path.length === 2) || path.length === 0;
  return inItem && ((chance && ownFields.has(name)) || (unsettled === true && reportedFields.has(name)));
}

/** Lists whose order is another one at each read, or depends on ids where sort keys are equal. */
const unordered = new Set([
  'task_details',
  'child_tasks',
  'runs',
  'experiments',
  'pipelines',
  'pipeline_versions',
  'recurringRuns',
]);

/** What is opaque, or holds a stack: `details` repeats the message. */
const dropped: { readonly [name: string]: true } = {
  next_page_token: true,
  error_details: true,
  details: true,
};

function normalText(text: string, key: string): unknown {
  if (key === 'workflow_manifest') return nodesIn(text);
  if (key === 'pipeline_manifest') return '<manifest>';
  if (key === 'message' || key === 'error_message') return headOf(text);
  return placeless(text).replaceAll(time, (one) => (one === never ? one : '<time>'));
}

function placeless(text: string): string {
  if (text.length > 5000) return text; // nothing of this length is made anew
  return text
    .replaceAll(uuid, (id) => (id === fixedId ? id : '<id>'))
    .replaceAll(/\bt[0-9a-f]{8}/g, '<tag>')
    .replaceAll(/(?<=<tag>-\w+?)[a-z0-9]{5}-\d+-\d+/g, '<run>')
    .replaceAll(/^([a-z]+(?:-[a-z]+)+)-[a-z0-9]{5}(?:-\d+)?$/g, '$1-<random>')
    .replaceAll(/<run>-\d+$/g, '<run>')
    .replaceAll(/(?<=plain-one|side-by-side|iris-train)-[a-z0-9]{5}\b/g, '-<random>');
}

/** The head of a message: without stacks, places in the body and what Go prints of its own structures. */
function headOf(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return placeless(line.replaceAll('\u{a0}', ' '))
    .replace(/parameter \w+ is not optional/, 'parameter <one> is not optional')
    .replace(/\(line \d+:\d+\)/g, '(line)')
    .replace(/(must have a name: ).*/, '$1')
    .replace(/(is invalid: ).*metadata.*/, '$1<name>')
    .replace(/("[^"]*)-[a-z0-9]{5}(" is invalid)/, '$1$2')
    .replace(/(Incorrect string value).*/, '$1')
    .replace(/(invalid character).*/, '$1')
    .replace(/(Error \d+ \(\w+\): .*?): Error \d+.*/, '$1');
}

/** What a workflow says of its nodes, which is what a client reads. */
function nodesIn(manifest: string): unknown {
  const parsed: unknown = JSON.parse(manifest);
  const status = isObject(parsed) && isObject(parsed['status']) ? parsed['status'] : {};
  const nodes = isObject(status['nodes']) ? Object.values(status['nodes']) : [];
  return nodes
    .filter(isObject)
    .map(
      ({ displayName, type, phase }) => `${placeless(String(displayName))} ${String(type)} ${String(phase)}`,
    )
    .toSorted();
}

function firstDifference(actual: unknown, recorded: unknown, at: string): string | undefined {
  if (isObject(actual) && isObject(recorded)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
      const found = firstDifference(actual[key], recorded[key], `${at}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(actual) && Array.isArray(recorded)) {
    if (actual.length !== recorded.length)
      return `${at} has ${actual.length} items, recorded ${recorded.length}`;
    for (const [index, item] of actual.entries()) {
      const found = firstDifference(item, recorded[index], `${at}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return actual === recorded ? undefined : `${at} is ${short(actual)}, recorded ${short(recorded)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
