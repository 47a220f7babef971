import { execFile } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { localMachine, never, runEnded, type LocalMachine } from './localMachine.ts';

/** A pipeline with one component, as the SDK compiles it. */
function compiled({ words, body = 'return "done"', env = {} }: Component): string {
  const boot =
    'program_path=$(mktemp -d)\nprintf "%s" "$0" > "$program_path/ephemeral_component.py"\n_KFP_RUNTIME=true python3 -m kfp.dsl.executor_main --component_module_path "$program_path/ephemeral_component.py" "$@"\n';
  const source = `\nimport kfp\nfrom kfp import dsl\nfrom kfp.dsl import *\nfrom typing import *\n\ndef work() -> str:\n    ${body}\n\n`;
  const outputs = { parameters: { Output: { parameterType: 'STRING' } } };
  const from = { valueFromParameter: { outputParameterKey: 'Output', producerSubtask: 'work' } };
  const prelude =
    words === undefined ? [] : ['sh', '-c', `\npython3 -m pip install --quiet ${words} && "$0" "$@"\n`];
  const container = {
    image: 'python:3.11',
    args: ['--executor_input', '{{$}}', '--function_to_execute', 'work'],
    command: [...prelude, 'sh', '-ec', boot, source],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
  };
  return JSON.stringify({
    pipelineInfo: { name: 'work' },
    schemaVersion: '2.1.0',
    sdkVersion: 'kfp-2.17.0',
    components: { 'comp-work': { executorLabel: 'exec-work', outputDefinitions: outputs } },
    deploymentSpec: { executors: { 'exec-work': { container } } },
    root: {
      dag: {
        outputs: { parameters: { Output: from } },
        tasks: { work: { componentRef: { name: 'comp-work' }, taskInfo: { name: 'work' } } },
      },
      outputDefinitions: outputs,
    },
  });
}

interface Component {
  /** What stands after `pip install`; undefined: it installs nothing. */
  readonly words?: string;
  readonly body?: string;
  readonly env?: { readonly [name: string]: string };
}

const python = (word: string) => `from kfp import dsl
from words import WORD

@dsl.component(install_kfp_package=False)
def say(word: str) -> str:
    return word + '${word}'

@dsl.pipeline(name='from-python')
def talk(word: str = WORD) -> str:
    return say(word=word).output
`;

let workspace: string;
let machine: LocalMachine;
const file = (name: string) => path.join(workspace, name);
const request = (pipeline: string, agreed?: string) => ({
  pipeline: pipeline as PipelineId,
  parameters: {},
  cache: false,
  idempotencyKey: crypto.randomUUID(),
  ...(agreed === undefined ? {} : { agreed }),
});
const agreeTo = async (pipeline: string) =>
  (await machine.backend.prepareRun(request(pipeline), never)).fingerprint;
const startAgreed = (pipeline: string, agreed: string) =>
  machine.backend.createRun(request(pipeline, agreed), never);
const refusal = (name: string, what: string) =>
  expect.objectContaining({
    kind: 'conflict',
    message: `${name} was not started: ${what} changed since you were asked.`,
  });

/** The folder of the environment that a run asked for. */
async function environmentOf(number: number): Promise<string> {
  const text = await readFile(path.join(machine.home, 'runs', String(number), 'request.json'), 'utf8');
  return JSON.parse(text).environments[0].path;
}

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'mlops-workspace-'));
  machine = await localMachine([workspace]);
});
afterAll(async () => {
  await machine.remove();
  await rm(workspace, { recursive: true });
});

describe('a run with a consent', () => {
  it.each<[string, Component, Component, string]>([
    ['code', {}, { body: 'return "other"' }, 'its code'],
    ['a variable', {}, { env: { A: '1' } }, 'its code'],
    ['packages', { words: "'a==1'" }, { words: "'a==2'" }, 'its packages'],
    ['an index', { words: 'a' }, { words: '-i https://a.example a' }, 'where its packages come from'],
    [
      'an address',
      { words: 'a' },
      { words: "'a @ https://a.example/a.whl'" },
      'its packages and where its packages come from',
    ],
  ])('does not start when the file names other %s', async (_what, before, after, changed) => {
    await writeFile(file('work.json'), compiled(before));
    const agreed = await agreeTo('work.json');
    await writeFile(file('work.json'), compiled(after));
    await expect(startAgreed('work.json', agreed)).rejects.toEqual(refusal('work', changed));
    expect((await machine.backend.listRuns({}, never)).items).toEqual([]);
  });

  it('does not start with another Python, other variables or another rule for package sources', async () => {
    await writeFile(file('work.json'), compiled({}));
    const agreed = await agreeTo('work.json');
    const { settings } = machine;
    settings.passEnvironment = ['SECRET'];
    await expect(startAgreed('work.json', agreed)).rejects.toEqual(refusal('work', 'the settings for runs'));
    settings.passEnvironment = [];
    settings.allowInsecureIndexes = true;
    await expect(startAgreed('work.json', agreed)).rejects.toEqual(refusal('work', 'the settings for runs'));
    settings.allowInsecureIndexes = false;
    const prepared = JSON.stringify(await machine.backend.prepareRun(request('work.json'), never));
    const [, executable = ''] = /\(([^)]*)\)/.exec(prepared) ?? [];
    settings.environment = executable.replace(/^~/, process.env['HOME'] ?? '~');
    await expect(startAgreed('work.json', agreed)).rejects.toEqual(
      refusal('work', 'the Python that runs it and the settings for runs'),
    );
    settings.environment = 'managed';
  });

  it('starts when its environment was built in the meantime, but not when it was removed', async () => {
    await writeFile(file('work.json'), compiled({}));
    const first = await machine.backend.createRun(request('work.json'), never);
    const run = await runEnded(machine.backend, first);
    const built = await environmentOf(run.number ?? 0);
    // A home with no environments, to which the one that was built is added and taken away again.
    const other = await localMachine([workspace]);
    const environments = path.join(other.home, 'envs');
    await rm(environments);
    await mkdir(environments);
    const place = path.join(environments, path.basename(built));
    const prepare = () => other.backend.prepareRun(request('work.json'), never);
    const start = (agreed: string) => other.backend.createRun(request('work.json', agreed), never);

    const without = await prepare();
    expect(without.install).toEqual(['kfp==2.17.0']);
    await symlink(built, place);
    const id = await start(without.fingerprint);
    expect((await runEnded(other.backend, id)).state).toBe('succeeded');

    const there = await prepare();
    expect(there.install).toEqual([]);
    await rm(place);
    await expect(start(there.fingerprint)).rejects.toEqual(refusal('work', 'what has to be installed'));
    await other.remove();
  }, 180_000);

  it('does not start when a Python file, or a file that it imports, has changed', async () => {
    await writeFile(file('talk.py'), python('!'));
    await writeFile(file('words.py'), "WORD = 'hello'\n");
    await machine.backend.compiler?.install(never);
    const approve = () => machine.backend.approvals?.approve('talk.py:talk' as PipelineId, never);
    await approve();
    const agreed = await agreeTo('talk.py:talk');
    await writeFile(file('talk.py'), python('?'));
    await expect(startAgreed('talk.py:talk', agreed)).rejects.toMatchObject({ kind: 'forbidden' });
    await approve();
    await expect(startAgreed('talk.py:talk', agreed)).rejects.toEqual(refusal('from-python', 'its code'));
    const again = await agreeTo('talk.py:talk');
    await writeFile(file('words.py'), "WORD = 'changed'\n");
    await approve();
    await expect(startAgreed('talk.py:talk', again)).rejects.toEqual(refusal('from-python', 'its code'));
    const id = await startAgreed('talk.py:talk', await agreeTo('talk.py:talk'));
    expect((await runEnded(machine.backend, id)).outputs).toEqual({ Output: 'changed?' });
  }, 180_000);
});

/** Makes wheels: one of a module with nothing in it, and one of the SDK as an environment has it. */
const makeWheels = `
import glob, sys, zipfile
environment, folder = sys.argv[1:]
[packages] = glob.glob(environment + '/lib/python3*/site-packages')
with zipfile.ZipFile(folder + '/acme_tools-1.0-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('acme_tools.py', 'NAME = "acme"\\n')
    about = 'acme_tools-1.0.dist-info/'
    wheel.writestr(about + 'METADATA', 'Metadata-Version: 2.1\\nName: acme-tools\\nVersion: 1.0\\n')
    wheel.writestr(about + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(about + 'RECORD', '')
with zipfile.ZipFile(folder + '/kfp-2.17.0-py3-none-any.whl', 'w') as wheel:
    for part in ('kfp', 'kfp-2.17.0.dist-info'):
        for name in glob.glob(part + '/**', root_dir=packages, recursive=True):
            if not name.endswith(('/', '.pyc', 'RECORD')):
                wheel.write(packages + '/' + name, name)
    wheel.writestr('kfp-2.17.0.dist-info/RECORD', '')
`;

describe('a pipeline’s package sources', () => {
  const asked: string[] = [];
  const wheels: { readonly [project: string]: string } = {
    '/simple/acme-tools/': 'acme_tools-1.0-py3-none-any.whl',
    '/simple/kfp/': 'kfp-2.17.0-py3-none-any.whl',
  };
  const server = createServer((incoming, answer) => void respond(incoming.url ?? '', answer));
  let folder: string;
  let address: string;

  async function respond(url: string, answer: ServerResponse): Promise<void> {
    asked.push(url);
    const wheel = wheels[url];
    answer.setHeader('Content-Type', url.endsWith('/') ? 'text/html' : 'application/octet-stream');
    if (wheel !== undefined) answer.end(`<a href="/wheels/${wheel}">${wheel}</a>`);
    else if (url.startsWith('/wheels/')) answer.end(await readFile(path.join(folder, path.basename(url))));
    else answer.writeHead(404).end();
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-wheels-'));
    await writeFile(file('work.json'), compiled({}));
    await runEnded(machine.backend, await machine.backend.createRun(request('work.json'), never));
    await promisify(execFile)('python3', ['-c', makeWheels, await environmentOf(1), folder]);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 180_000);
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  it('are named, and a run that takes packages from insecure ones is refused', async () => {
    const words = '--index-url https://user:pw@a.example/simple --trusted-host evil.example acme-tools';
    await writeFile(file('open.json'), compiled({ words }));
    const sources = [
      { kind: 'index', value: 'https://user:••••@a.example/simple' },
      { kind: 'trustedHost', value: 'evil.example' },
    ];
    const refused = { sources, blockers: [{ what: 'insecure_source' }] };
    const look = () => machine.backend.getPipeline('open.json' as PipelineId, never);
    const prepare = () => machine.backend.prepareRun(request('open.json'), never);
    expect(await look()).toMatchObject(refused);
    expect(await prepare()).toMatchObject(refused);
    await expect(machine.backend.createRun(request('open.json'), never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('evil.example'),
    });
    machine.settings.allowInsecureIndexes = true;
    expect(await look()).toMatchObject({ sources, blockers: [] });
    expect(await prepare()).toMatchObject({ sources, blockers: [] });
    machine.settings.allowInsecureIndexes = false;
  });

  it('may be an index on this machine; indexes in a component’s variables are ignored', async () => {
    const index = `${address}/simple`;
    const variables = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'UV_INDEX_URL', 'UV_DEFAULT_INDEX'];
    const env = Object.fromEntries(variables.map((name) => [name, `${address}/evil`]));
    const words = `--index-url ${index} --trusted-host ${index} 'acme-tools==1.0'`;
    const body = 'import acme_tools; return acme_tools.NAME';
    await writeFile(file('inner.json'), compiled({ words, body, env }));
    const { sources, blockers } = await machine.backend.prepareRun(request('inner.json'), never);
    expect({ sources, blockers }).toEqual({ sources: [{ kind: 'index', value: index }], blockers: [] });
    const run = await runEnded(
      machine.backend,
      await machine.backend.createRun(request('inner.json'), never),
    );
    // The index is gone after this, so nobody can use the environment again.
    const environment = await environmentOf(run.number ?? 0);
    await Promise.all(
      [environment, `${environment}.lock`].map((one) => rm(one, { recursive: true, force: true })),
    );
    expect(run).toMatchObject({ state: 'succeeded', outputs: { Output: 'acme' } });
    expect(asked).toContain('/simple/acme-tools/');
    expect(asked.filter((url) => url.startsWith('/evil'))).toEqual([]);
  }, 180_000);
});
