import { expect, it } from 'vitest';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { fileMark, readRecord, writeRecord } from './runRecord.ts';

const source = { kind: 'yaml', file: '/home/anna/work/iris.yaml', label: 'iris.yaml' } as const;
const written = writeRecord({ id: 'iris.yaml' as PipelineId, name: 'iris', source });

it('keeps which pipeline a run was made from, without the path of its file', () => {
  expect(written).not.toContain('anna');
  expect(readRecord(written)).toEqual({
    id: 'iris.yaml',
    name: 'iris',
    source: { kind: 'yaml', label: 'iris.yaml' },
    file: fileMark(source.file),
  });
});

it('begins with words for people', () => {
  expect(written.split('\n')[0]).toBe('Started with MLOps Chat.');
});

it.each(['', 'A run of mine', '{"mlopsChat"', '{"mlopsChat":{"id":7}}'])('finds none in %j', (text) => {
  expect(readRecord(text)).toBeUndefined();
});
