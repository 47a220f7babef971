import { own } from '../../domain/own.ts';
import type { TaskError } from '../../domain/run.ts';
import { exceptionInLog } from '../../runs/exceptionInLog.ts';
import { code } from '../../text/markdown.ts';
import type { Verdict } from '../finding.ts';
import type { Rule, StepFacts } from './rule.ts';

const gone = /NoSuchKey|NotFound|not found|does not exist|no such (?:file|object|key)|404|No objects? found/i;
const download =
  /(?:failed to (?:download|get|fetch|import|stat|open)|unable to (?:download|get|open)|DownloadBlob|error downloading)/i;
const aboutInput = /input artifact|artifact|blob|object|remote storage|DownloadBlob/i;
const addressIn = /\b((?:minio|s3|gs|oci|https?):\/\/[^\s"',]+)/;
/** Where the launcher puts artifacts, by the scheme of their addresses. */
const localCopy = /['"]((?:\/minio|\/s3|\/gcs|\/oci)\/[^'"]+)['"]/;

/** An artifact that the task reads is not in the store: told by the launcher, or by the task itself that opens it. */
export const artifactRule: Rule = (facts) => {
  const log = facts.step.log ?? [];
  const line = log.findLast((one) => download.test(one) && gone.test(one) && aboutInput.test(one));
  if (line !== undefined) {
    const name = /input artifact "([^"]+)"/.exec(line)?.[1] ?? lastPart(addressIn.exec(line)?.[1]);
    return missing(facts, { name, address: addressIn.exec(line)?.[1], quote: line });
  }
  const error = facts.part === 'program' ? exceptionInLog(log.join('\n'), facts.task.python) : undefined;
  const path = error === undefined ? undefined : inputPathIn(error, facts);
  if (error === undefined || path === undefined) return undefined;
  const quote = `${error.type}: ${error.message}`;
  return { ...missing(facts, { name: lastPart(path), address: path, quote }), error };
};

/** The path of another task's artifact that an exception says is not there. */
function inputPathIn({ type, message, text = '' }: TaskError, { task }: StepFacts): string | undefined {
  if (!/FileNotFound|NoSuchFile|No such file/.test(`${type} ${message}`)) return undefined;
  if (/['"][wax]b?\+?['"]/.test(text)) return undefined;
  const path = localCopy.exec(message)?.[1];
  const name =
    task.path
      .replaceAll(/\[\d+\]/g, '')
      .split('/')
      .at(-1) ?? '';
  return path === undefined || path.split('/').includes(name) ? undefined : path;
}

const lastPart = (path = '') => path.split('/').findLast((one) => one !== '');

interface Missing {
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly quote: string;
}

function missing(facts: StepFacts, { name, address, quote }: Missing): Verdict {
  const producer = producerOf(facts, name);
  const what = name === undefined ? 'an artifact that it reads' : `its input ${code(name)}`;
  const from = producer === undefined ? '' : ` of ${code(producer.path)}`;
  const where = address === undefined ? '' : ` (${code(address)})`;
  const quotes = [{ from: 'Its log', text: quote }];
  if (producer?.cached === true)
    return {
      cause: 'staleCache',
      says: `${what}${from} is not in the store any more${where}; that task was not run but taken from the cache, whose result is gone`,
      next: `Run it again without the cache, so that ${code(producer.path)} makes the artifact anew.`,
      quotes,
    };
  return {
    cause: 'missingArtifact',
    says: `${what}${from} is not in the store${where}`,
    next:
      producer === undefined
        ? 'Check that the artifact was written, and that nothing (a person, a lifecycle rule of the bucket) deleted it; then run again without the cache.'
        : `Check that ${code(producer.path)} writes it, and that nothing (a lifecycle rule of the bucket) deletes it; then run again without the cache.`,
    quotes,
  };
}

/** The task that makes an artifact; where its name is not known, the only cached one of those that the task reads from. */
function producerOf({ task, tasks }: StepFacts, name: string | undefined) {
  const at = (path: string | undefined) => tasks.find((other) => other.path === path);
  const named = name === undefined ? undefined : own(task.artifactsFrom, name);
  if (named !== undefined) return at(named) ?? { path: named, cached: false };
  const all = Object.values(task.artifactsFrom).map((path) => at(path));
  const cached = all.filter((other) => other?.cached === true);
  return cached.length === 1 ? cached[0] : all.length === 1 ? all[0] : undefined;
}
