import { size as bytesText } from '../../text/units.ts';
import { mostPictureBytes } from './bounds.ts';
import { broken, Cursor } from './cursor.ts';
import { type Format, latin } from './detect.ts';
import type { PictureContent } from './preview.ts';
import { found, type Found, type Source } from './source.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture of more pixels is not drawn: a small file may claim them and fill the memory. */
const mostPixels = 100_000_000;

const kinds: Readonly<
  Partial<
    Record<
      Format,
      Pick<PictureContent, 'format' | 'mediaType'> & { read(head: Uint8Array): Size | undefined }
    >
  >
> = {
  png: { format: 'PNG', mediaType: 'image/png', read: pngSize },
  gif: { format: 'GIF', mediaType: 'image/gif', read: gifSize },
  jpeg: { format: 'JPEG', mediaType: 'image/jpeg', read: jpegSize },
  webp: { format: 'WebP', mediaType: 'image/webp', read: webpSize },
};

/** A picture: its size in pixels, and its bytes where they are asked for. */
export async function pictureFile(format: Format, { object, head, pictures }: Source): Promise<Found> {
  const kind = kinds[format];
  if (kind === undefined) throw broken('It is no picture.');
  const pixels = kind.read(head);
  const tooMany = pixels !== undefined && pixels.width * pixels.height > mostPixels;
  const tooLarge = object.size > mostPictureBytes;
  if (pictures) object.allow(mostPictureBytes);
  const bytes = pictures && !tooMany && !tooLarge ? await object.head(object.size) : undefined;
  return found(
    {
      kind: 'picture',
      format: kind.format,
      mediaType: kind.mediaType,
      ...pixels,
      ...(bytes === undefined ? {} : { bytes }),
    },
    pictures && tooMany && 'It has too many pixels to be drawn here.',
    pictures && tooLarge && `It is larger than ${bytesText(mostPictureBytes)}, so it is not drawn here.`,
  );
}

/** PNG, 11.2.2: the first chunk is IHDR. */
function pngSize(head: Uint8Array): Size {
  const cursor = new Cursor(head, 12);
  if (latin(cursor.part(4), 0, 4) !== 'IHDR') throw broken('Its first chunk is not IHDR.');
  return { width: cursor.u32(false), height: cursor.u32(false) };
}

function gifSize(head: Uint8Array): Size {
  const cursor = new Cursor(head, 6);
  return { width: cursor.u16(), height: cursor.u16() };
}

/** The frame header (SOF) behind the segments before it; undefined where it is not among the first bytes. */
function jpegSize(head: Uint8Array): Size | undefined {
  const cursor = new Cursor(head, 2);
  while (cursor.left >= 9) {
    if (cursor.u8() !== 0xff) throw broken('A segment of it does not begin as one.');
    const marker = cursor.u8();
    if (marker === 0xff) {
      cursor.at -= 1;
      continue;
    }
    const length = cursor.u16(false);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      cursor.skip(1);
      const height = cursor.u16(false);
      return { width: cursor.u16(false), height };
    }
    if (length < 2) throw broken('A segment of it has no length.');
    if (length - 2 > cursor.left) return undefined;
    cursor.skip(length - 2);
  }
  return undefined;
}

function webpSize(head: Uint8Array): Size | undefined {
  const chunk = latin(head, 12, 16);
  if (chunk === 'VP8X') {
    const cursor = new Cursor(head, 24);
    const three = () => cursor.u16() + cursor.u8() * 65_536 + 1;
    return { width: three(), height: three() };
  }
  if (chunk === 'VP8L') {
    const bits = new Cursor(head, 21).u32();
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8 ') return undefined;
  const cursor = new Cursor(head, 26);
  return { width: cursor.u16() & 0x3fff, height: cursor.u16() & 0x3fff };
}
