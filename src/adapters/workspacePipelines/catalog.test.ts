import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderFiles } from '../../../test/fakes/folderFiles.ts';
import { largestFile } from './yaml/readYaml.ts';
import { PipelineCatalog } from './catalog.ts';

const spec = `# PIPELINE DEFINITION
# Name: été
components: {}
deploymentSpec: {}
pipelineInfo:
  name: été
root:
  dag:
    tasks: {}
schemaVersion: 2.1.0
sdkVersion: kfp-2.17.0
`;
const utf16 = Buffer.from(`\ufeff${spec}`, 'utf16le');
const noPython = { find: () => Promise.resolve({ pipelines: [], unread: [] }) };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-catalog-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the catalog lists for a file of these bytes. */
async function listed(bytes: Uint8Array) {
  await writeFile(path.join(folder, 'pipeline.yaml'), bytes);
  const catalog = new PipelineCatalog(new FolderFiles(folder), noPython, path.join(folder, 'none'));
  const { entries } = await catalog.all(new AbortController().signal);
  return entries.map(({ summary }) => ({ name: summary.name, problem: summary.problem }));
}

describe('a pipeline in the encoding', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(spec)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${spec}`)],
    ['UTF-8 with line ends of Windows', Buffer.from(spec.replaceAll('\n', '\r\n'))],
    ['UTF-16', utf16],
    ['UTF-16, the bytes the other way', Buffer.from(utf16).swap16()],
    ['the code page of Windows', Buffer.from(spec, 'latin1')],
  ])('%s is listed', async (_, bytes) => {
    expect(await listed(bytes)).toEqual([{ name: 'été', problem: undefined }]);
  });

  it('JSON with a byte order mark is listed', async () => {
    const json = JSON.stringify({ pipelineInfo: { name: 'plain' }, root: { dag: { tasks: {} } } });
    expect(await listed(Buffer.from(`\ufeff${json}`))).toMatchObject([{ name: 'plain' }]);
  });
});

describe('a file that cannot be read as a pipeline', () => {
  const problem = {
    what: 'encoding',
    message: 'The file is neither UTF-8 nor UTF-16 with a byte order mark.',
    hint: 'Save it as UTF-8.',
  };
  it.each<[string, Uint8Array]>([
    ['UTF-16 without a byte order mark', utf16.subarray(2)],
    ['half of a UTF-16 file', utf16.subarray(0, utf16.length - 1)],
    ['UTF-32', Buffer.from(new Uint32Array(new Uint16Array(Uint8Array.from(utf16).buffer)).buffer)],
  ])('%s is listed with the reason', async (_, bytes) => {
    expect(await listed(bytes)).toEqual([{ name: 'pipeline', problem }]);
  });

  it('a picture with the wrong extension is ignored', async () => {
    expect(await listed(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xff]))).toEqual([]);
  });

  it.each([
    ['UTF-8', Buffer.from(spec + '#'.repeat(largestFile))],
    ['UTF-16', Buffer.from(`\ufeff${spec}${'#'.repeat(largestFile / 2)}`, 'utf16le')],
  ])('%s that is too large is listed with the reason', async (_, bytes) => {
    expect(await listed(bytes)).toMatchObject([{ name: 'pipeline', problem: { what: 'too_large' } }]);
  });
});
