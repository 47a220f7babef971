import { gunzipSync, inflateRawSync } from 'node:zlib';
import { OldRefusal } from './failure.ts';
import { addPipeline, isTaken, showPipeline } from './pipelines.ts';
import { badName, formatProblem, specOf, storedSpec } from './specs.ts';
import type { State } from './state.ts';
import type { Struct, Tags } from './struct.ts';
import { tagProblem } from './tags.ts';
import { addVersion, showVersion, versionsOf } from './versions.ts';

/** A body of a form. */
export interface Form {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const largestFile = 32 << 20;
const unreadable = 'Failed to read a pipeline spec file';

/** Uploads a file as a new pipeline with its first version. */
export async function uploadPipeline(state: State, query: URLSearchParams, form: Form): Promise<object> {
  const file = await fileOf(form);
  const shown = query.get('display_name') ?? '';
  const name = (query.get('name') ?? '') || shown || file.name;
  const failed = 'Failed to create a pipeline and a pipeline version';
  const spec = readFile(file, failed);
  if (name.length > 128)
    throw new TextRefusal('Invalid input error: Pipeline.Name length cannot exceed 128\n');
  const tags = tagsOf(query);
  if (isTaken(state, name)) throw new OldRefusal(409, failed, true);
  const about = { name, displayName: shown || name, description: query.get('description') ?? '', tags };
  const made = addPipeline(state, about);
  addVersion(state, { ...about, pipeline: made.id, spec, tags: {} });
  return showPipeline(made);
}

/** Uploads a file as a new version of a pipeline. */
export async function uploadVersion(state: State, query: URLSearchParams, form: Form): Promise<object> {
  const failed = 'Failed to create a pipeline version';
  const pipeline = query.get('pipelineid') ?? '';
  if (!state.pipelines.has(pipeline)) throw new OldRefusal(400, failed);
  const file = await fileOf(form);
  const name = (query.get('name') ?? '') || file.name;
  const spec = readFile(file, failed);
  const tags = tagsOf(query);
  if (versionsOf(state, pipeline).some((other) => other.name === name))
    throw new OldRefusal(409, failed, true);
  const description = query.get('description') ?? '';
  const displayName = (query.get('display_name') ?? '') || name;
  return showVersion(addVersion(state, { pipeline, name, displayName, description, spec, tags }));
}

/** A refusal in bare text. */
export class TextRefusal extends Error {}

function tagsOf(query: URLSearchParams): Tags {
  const text = query.get('tags') ?? '';
  if (text === '') return {};
  const tags = jsonOf(text);
  const wrong = 'Failed to parse tags query parameter. Expected JSON object with string keys and values';
  if (tags === undefined || Object.values(tags).some((value) => typeof value !== 'string'))
    throw new OldRefusal(400, wrong);
  const problem = tagProblem(tags as Tags);
  if (problem !== undefined) throw new OldRefusal(400, problem, true);
  return tags as Tags;
}

function jsonOf(text: string): Struct | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Struct) : undefined;
  } catch {
    return undefined;
  }
}

interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

async function fileOf({ type, bytes }: Form): Promise<UploadedFile> {
  const failed = new OldRefusal(400, 'Failed to read pipeline from file');
  if (!type.startsWith('multipart/form-data')) throw failed;
  const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
  const file = form.get('uploadfile');
  if (file === null || typeof file === 'string') throw failed;
  return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) };
}

function readFile({ name, bytes }: UploadedFile, failed: string): Struct {
  if (bytes.length > largestFile) throw new OldRefusal(400, unreadable);
  const text = textOf(name, bytes);
  const spec = specOf(text);
  if (spec === undefined) throw new OldRefusal(500, failed, true);
  const problem = formatProblem(spec);
  if (problem !== undefined) throw new OldRefusal(400, problem, true);
  if (badName(spec))
    throw new OldRefusal(
      400,
      "pipeline's name must contain only lowercase alphanumeric characters or '-' and must start with alphanumeric characters",
      true,
    );
  return storedSpec(spec);
}

/** The YAML of a file, out of its archive where it is one. */
function textOf(name: string, bytes: Buffer): string {
  if (/\.(?:ya?ml|json)$/.test(name)) return bytes.toString('utf8');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return fromZip(bytes).toString('utf8');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return fromTar(gunzipSync(bytes)).toString('utf8');
  throw new OldRefusal(400, unreadable);
}

/** The first file of a zip archive, by its local header. */
function fromZip(bytes: Buffer): Buffer {
  const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(18));
  return bytes.readUInt16LE(8) === 8 ? inflateRawSync(packed) : packed;
}

/** The first file of a tar archive. */
function fromTar(bytes: Buffer): Buffer {
  const size = Number.parseInt(bytes.subarray(124, 136).toString('latin1'), 8);
  return bytes.subarray(512, 512 + size);
}
