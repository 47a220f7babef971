import fs from 'node:fs';
import path from 'node:path';
import { root } from '../node24.mjs';
import { hostSuites, runHostSuite } from '../../test/editor/host/suites.mjs';
import { ensurePythonEnvironment } from './pythonEnvironment.mjs';
import { runCommand } from './runCommand.mjs';

/** Characters of a failure's reason: with its name it is a line or two of a log. */
const MOST_WORDS = 200;

/**
 * The stages of `npm test`: each gives `{code, output, passed, failed, skipped}`, and may give `failures`, a line for
 * each test that failed. A stage that is `alone` starts when
 * all before it are done and lets nothing run beside it; one with `editor` needs the editors and the browser, one with
 * `cluster` the programs of a Kubernetes cluster, one with `store` that of an object store.
 */
export function testStages() {
  return [
    { name: 'check', run: check },
    { name: 'python', run: python },
    ...hostSuites.map((suite) => ({
      name: suite.name,
      editor: true,
      run: (env) => runHostSuite(suite, env),
    })),
    // Conformance looks at each run's panel, too.
    { name: 'panels', editor: true, run: (env) => vitest('panels', ['--project', 'panels'], env) },
    {
      name: 'conformance',
      editor: true,
      run: (env) => vitest('conformance', ['--project', 'conformance'], env),
    },
    {
      name: 'cluster',
      cluster: true,
      run: (env) => vitest('cluster', ['--project', 'cluster'], env),
    },
    {
      name: 'stores',
      store: true,
      run: (env) => vitest('stores', ['--project', 'stores'], env),
    },
    {
      name: 'ui',
      editor: true,
      alone: true, // it keeps two processors busy
      run: (env) => vitest('ui', ['--project', 'ui'], env),
    },
    {
      name: 'smoke',
      editor: true,
      alone: true, // it packages, which builds anew
      run: (env) => vitest('smoke', ['--config', 'test/editor/smoke/vitest.config.ts'], env),
    },
  ];
}

/** The check runs the unit and contract tests among other things; each of its other steps is not counted as a test. */
async function check(env) {
  const report = path.join(root, 'test-results', 'vitest.json');
  fs.rmSync(report, { force: true });
  const { code, output } = await node(['scripts/check.mjs'], { ...env, MLOPS_TEST_REPORT: report });
  return { code, output, ...readVitest(report) };
}

async function vitest(name, args, env) {
  const report = path.join(root, 'test-results', `${name}.json`);
  fs.rmSync(report, { force: true });
  const cli = path.join('node_modules', 'vitest', 'vitest.mjs');
  const { code, output } = await node([cli, 'run', ...args], { ...env, MLOPS_TEST_REPORT: report });
  return { code, output, ...readVitest(report) };
}

function node(args, env) {
  return runCommand(process.execPath, args, { cwd: root, env: { ...env, FORCE_COLOR: '0', NO_COLOR: '1' } });
}

function readVitest(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const told = JSON.parse(fs.readFileSync(report, 'utf8'));
  return {
    passed: told.numPassedTests,
    failed: told.numFailedTests,
    skipped: told.numPendingTests + told.numTodoTests,
    failures: told.testResults.flatMap(failuresOfFile),
  };
}

/** A file that could not even be loaded, or whose hooks failed, has a message of its own. */
function failuresOfFile({ name, message, assertionResults }) {
  const tests = assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => [fullName, failureMessages[0]]);
  const all = message ? [['', message], ...tests] : tests;
  return all.map(([test, why]) => `${path.basename(name)} > ${test}: ${firstWords(why ?? '')}`);
}

/** An error without its stack, on one line. */
function firstWords(why) {
  const text = why.split(/\n\s+at /)[0].replace(/\s+/g, ' ');
  return text.length > MOST_WORDS ? `${text.slice(0, MOST_WORDS)}…` : text;
}

async function python(env) {
  const command = process.platform === 'win32' ? 'python' : 'python3';
  const cwd = path.join(root, 'resources', 'python');
  const args = ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
  // uv, and the parts of the SDK that compiling takes; without them (offline, no venv) their tests are skipped.
  const tools = await ensurePythonEnvironment('python-tools', [{ list: 'tools' }]).catch(() => undefined);
  const withTools = tools === undefined ? env : withPythonTools(env, tools);
  const { code, output } = await runCommand(command, args, { cwd, env: withTools });
  if (code === 127) return { code: 0, output: 'There is no Python here.', passed: 0, failed: 0, skipped: 1 };
  const count = (word) => Number(new RegExp(`\\b${word}=(\\d+)`).exec(output.slice(-300))?.[1] ?? 0);
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  const failed = count('failures') + count('errors') + count('unexpected successes');
  const skipped = count('skipped');
  return {
    code,
    output,
    passed: ran - failed - skipped,
    failed,
    skipped,
    failures: failuresOfPython(output),
  };
}

/** unittest prints each failed test between two rules, its traceback below it; the last line says why. */
function failuresOfPython(output) {
  const [, ...failed] = output.split(/^={70}\r?\n(?=(?:FAIL|ERROR): )/m);
  return failed.map((one) => {
    const [test = '', traceback = ''] = one.split(/^-{70}$/m);
    return `${test.split('\n')[0]}: ${firstWords(traceback.trim().split('\n').at(-1) ?? '')}`;
  });
}

/** uv is looked up on the PATH, behind everything else there; the SDK is named. */
function withPythonTools(env, tools) {
  const sdk = path.join(tools, process.platform === 'win32' ? 'python.exe' : 'python');
  return { ...env, PATH: `${env.PATH}${path.delimiter}${tools}`, MLOPS_TEST_SDK: sdk };
}
