import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from './messageOf.mjs';

const USAGE = `npm run say -- [--workspace DIR] [--settings FILE] [--model NAME | --endpoint URL]
  [--allow | --skip] [--shots DIR] [--json] [--timeout SECONDS] 'sentence' ['next' ...]

  --workspace  the folder to open, as it is (otherwise a copy of the samples)
  --settings   a JSON file with settings of the editor, also of the machine (mlops.local.home)
  --s3         with the connection Objects: an object store with samples (needs Go)
  --kubeflow   with the connection Cluster: a stand-in for a Kubeflow Pipelines server, with runs to look at
  --model      by its name in the list of models (otherwise MLOps Basics)
  --endpoint   an OpenAI-compatible server, http://host:port/v1
  --allow      every confirmation is allowed once;  --skip  every one is skipped
               with neither, the conversation stops at the first one, with exit code 3
  --shots      a folder for pictures of each answer and each confirmation
  --json       the turns as JSON;  --timeout  seconds for each turn (otherwise 600)

A sentence that begins with @mlops goes to MLOps Chat, any other to the editor's own agent mode.`;

const OPTIONS = /** @type {const} */ ({
  workspace: { type: 'string' },
  settings: { type: 'string' },
  model: { type: 'string' },
  endpoint: { type: 'string' },
  shots: { type: 'string' },
  timeout: { type: 'string', default: '600' },
  kubeflow: { type: 'boolean', default: false },
  s3: { type: 'boolean', default: false },
  allow: { type: 'boolean', default: false },
  skip: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

/**
 * @typedef {object} Values
 * @property {string | undefined} [workspace]
 * @property {string | undefined} [settings]
 * @property {string | undefined} [model]
 * @property {string | undefined} [endpoint]
 * @property {string | undefined} [shots]
 * @property {string} timeout
 * @property {boolean} kubeflow
 * @property {boolean} s3
 * @property {boolean} allow
 * @property {boolean} skip
 * @property {boolean} json
 */

/**
 * Reads the arguments of `npm run say`; what is wrong with them is said in one line, with exit code 2.
 * @param {string[]} args
 */
export function readSayRequest(args) {
  try {
    const { values: given, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const values = /** @type {Values} */ (given);
    if (given.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const fault = faultIn(values, positionals);
    if (fault) throw new Error(fault);
    return requestOf(values, positionals);
  } catch (error) {
    console.error(`say: ${messageOf(error).split('\n')[0]} (--help says how)`);
    process.exit(2);
  }
}

/**
 * @param {Values} values
 * @param {readonly string[]} sentences
 * @returns {string | undefined}
 */
function faultIn({ allow, skip, model, endpoint, timeout, workspace }, sentences) {
  /** @type {[unknown, string][]} */
  const faults = [
    [sentences.length === 0 || sentences.some((sentence) => sentence.trim() === ''), 'nothing to say'],
    [
      !endpoint && !model && sentences.some((sentence) => !sentence.trimStart().startsWith('@mlops')),
      'a sentence without @mlops goes to agent mode, which wants a model of its own: give --endpoint, or begin it with @mlops',
    ],
    [allow && skip, '--allow or --skip, not both'],
    [model && endpoint, '--model or --endpoint, not both'],
    [endpoint && !/^https?:\/\/\S+$/.test(endpoint), `--endpoint is no http address: ${endpoint}`],
    [!(Number(timeout) > 0), `--timeout is no number of seconds: ${timeout}`],
    [
      workspace && !fs.statSync(workspace, { throwIfNoEntry: false })?.isDirectory(),
      `there is no folder ${workspace}`,
    ],
  ];
  return faults.find(([wrong]) => wrong)?.[1];
}

/**
 * @param {Values} values
 * @param {readonly string[]} sentences
 * @returns {Omit<import('../../test/editor/say/runConversation.ts').ConversationRequest, 'onTurn'> & { readonly json: boolean, readonly kubeflow: boolean, readonly s3: boolean }}
 */
function requestOf(
  { workspace, settings, model, endpoint, kubeflow, s3, allow, skip, shots, json, timeout },
  sentences,
) {
  return {
    sentences,
    workspace: workspace && path.resolve(workspace),
    settings: settings && readSettings(settings),
    model,
    endpoint,
    shots,
    consent: allow ? 'allow' : skip ? 'skip' : 'stop',
    timeoutMs: Number(timeout) * 1000,
    json,
    kubeflow,
    s3,
  };
}

/** @param {string} file */
function readSettings(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--settings ${file}: ${messageOf(error)}`, { cause: error });
  }
}
