import { expect, it } from 'vitest';
import { inBlocks } from './inBlocks.ts';

const bytes = Uint8Array.from({ length: 95 }, (_, index) => index);

function counted() {
  const requests: string[] = [];
  const read = async (offset: number, length: number) => {
    requests.push(`${offset}+${length}`);
    return bytes.subarray(offset, offset + length);
  };
  return { requests, file: inBlocks({ size: bytes.length, read }, 10) };
}

it('reads any range as the file has it', async () => {
  const { file } = counted();
  for (let offset = 0; offset < 100; offset += 7)
    for (const length of [1, 5, 10, 23, 200])
      expect(await file.read(offset, length)).toEqual(bytes.slice(offset, offset + length));
});

it('asks for each block once, and for neighbours together', async () => {
  const { file, requests } = counted();
  await file.read(12, 3);
  await file.read(5, 40);
  await file.read(0, 50);
  expect(requests).toEqual(['10+10', '0+10', '20+30']);
});
