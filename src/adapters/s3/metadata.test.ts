import { describe, expect, it } from 'vitest';
import { decodedValue, encodedValue, objectHeaders, statOf } from './metadata.ts';

describe('metadata of objects', () => {
  it.each([
    'plain',
    'a b',
    '',
    'žluťoučký kůň',
    '  blanks  inside  ',
    'line\nbreak',
    '=?UTF-8?B?w6Q=?=',
    '🙂'.repeat(40),
  ])('comes back as it was: %j', (value) => {
    const header = encodedValue(value);
    expect(header).toMatch(/^[\x20-\x7e]*$/);
    expect(header).not.toMatch(/^ | $| {2}/);
    expect(decodedValue(header)).toBe(value);
  });

  it.each([
    ['=?utf-8?Q?caf=C3=A9_noir?=', 'café noir'],
    ['caf\u00c3\u00a9', 'café'],
    ['100%25 =? no word', '100%25 =? no word'],
  ])('is read from what other programs stored: %j', (header, value) => {
    expect(decodedValue(header)).toBe(value);
  });

  it.each([{ contentType: 'text/plain\r\nx: y' }, { contentType: '' }, { metadata: { 'a b': 'x' } }])(
    'is refused where no header can hold it: %j',
    (given) => {
      expect(() => objectHeaders(given)).toThrow(expect.objectContaining({ kind: 'invalid' }));
    },
  );

  it('says no version where none is kept', () => {
    const headers = { 'content-length': '3', etag: '"a"', 'x-amz-version-id': 'null' };
    expect(statOf(headers)).toEqual({ size: 3, etag: '"a"' });
    expect(statOf({ ...headers, 'x-amz-version-id': 'v1' })).toMatchObject({ version: 'v1' });
  });
});
