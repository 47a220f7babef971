import { beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { connectionOfObjects, connectionTo, FakeConnections } from '../../../test/fakes/fakeConnections.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { findConnection, objectsOf, runsOf } from '../connections/findConnection.ts';
import { placeName } from '../connections/placeName.ts';
import type { ConnectionId } from '../domain/connection.ts';
import type { JsonObject } from '../domain/json.ts';
import { offer } from '../agents/answerCalls.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { findTool } from './table.ts';
import { connectionIn, type ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
let here: FakePipelineBackend;
let team: FakePipelineBackend;
let connections: FakeConnections;

/** What the editor's side gives a call: the connection that its input names, else the active one. */
function depsOf(input: JsonObject): ToolDeps {
  const connection = findConnection(connections, connectionIn(input));
  const place = placeName(connections, connection.info);
  return toolDeps(here, {
    connection,
    ...(place === undefined ? {} : { place }),
    backend: async () => runsOf(connection),
    store: async () => objectsOf(connection),
  });
}

const call = async (name: string, input: JsonObject) =>
  findTool(`mlops_${name}`)?.call(input, depsOf(input), signal);
const prepare = async (name: string, input: JsonObject) =>
  findTool(`mlops_${name}`)?.prepare(input, depsOf(input), signal);

beforeEach(() => {
  here = new FakePipelineBackend();
  team = new FakePipelineBackend(new FakeClock(), { id: 'team' as ConnectionId, name: 'Team home' });
  here.addRun(aRun({ state: 'succeeded' }));
  team.addRun(aRun({ state: 'running' }));
  for (const backend of [here, team]) backend.addPipeline({ name: 'iris' });
  const files = connectionOfObjects('files', new MemoryObjectStore().put('exports', 'a.csv', 'x'));
  connections = new FakeConnections(connectionTo(here), connectionTo(team), files);
});

describe('a call with several connections', () => {
  it('uses the active connection unless it names another by name or id, and says which it used', async () => {
    const input = { run: 'iris-12' };
    expect((await call('describe_run', input))?.text).toMatch(/^On This machine:\n\n.*iris-12` succeeded/s);
    for (const connection of ['Team home', 'team'])
      expect((await call('describe_run', { ...input, connection }))?.text).toMatch(
        /^On Team home:\n\n.*iris-12` is running/s,
      );
    connections.activate('team' as ConnectionId);
    expect((await call('describe_run', input))?.text).toContain('is running');
  });

  it('mentions a run with its connection', async () => {
    const outcome = await call('describe_run', { run: 'iris-12', connection: 'team' });
    expect(outcome?.mentions[0]).toMatchObject({ kind: 'run', connection: 'team', id: 'iris-12' });
  });

  it('names the connection in the question and runs there, whichever is active by then', async () => {
    const asked = await prepare('stop_run', { run: 'last', connection: 'team' });
    expect(asked && renderQuestionPlain(asked.question).title).toBe('Stop iris-12 on “Team home”?');
    expect(asked?.input).toEqual({ run: 'iris-12', connection: 'team' });
    connections.activate('team' as ConnectionId);
    const wanted = await prepare('run_pipeline', { pipeline: 'iris' });
    connections.activate(here.connection.id);
    await call('run_pipeline', { ...wanted?.input, wait: 0 });
    expect([here.calls, team.calls]).toEqual([[], ['create iris']]);
  });

  it('needs its own approval for the same run on another connection', async () => {
    const [onThisMachine, onTeam] = await Promise.all(
      ['this-machine', 'team'].map((connection) => prepare('run_pipeline', { pipeline: 'iris', connection })),
    );
    expect(onThisMachine?.standing).toBeDefined();
    expect(onThisMachine?.standing).not.toEqual(onTeam?.standing);
  });

  it('is refused when the connection has no runs or does not exist', async () => {
    await expect(call('list_runs', { connection: 'files' })).rejects.toThrow('files has objects alone');
    await expect(call('list_runs', { connection: 'cluster' })).rejects.toThrow('no connection "cluster"');
    expect((await call('list_objects', { connection: 'files' }))?.text).toContain('`exports`');
  });
});

it('a single connection is neither named in answers nor offered to models', async () => {
  connections = new FakeConnections(connectionTo(here));
  expect((await call('describe_run', { run: 'iris-12' }))?.text).toMatch(/^\*\*`iris-12`/);
  const tool = findTool('mlops_list_runs');
  const properties = (places: readonly string[]) => tool && offer(tool, places).inputSchema['properties'];
  expect(properties([])).not.toHaveProperty('connection');
  expect(properties(['This machine', 'Team home'])).toHaveProperty('connection.enum', [
    'This machine',
    'Team home',
  ]);
});

it('a run whose id differs from its label is listed with both', async () => {
  here.addRun(aRun({ id: '0b8f-2', label: 'weekly churn', number: 99 }));
  expect((await call('list_runs', {}))?.text).toContain('`weekly churn` (`0b8f-2`)');
  expect((await call('describe_run', { run: 'weekly churn' }))?.text).toContain('`weekly churn` succeeded');
});
