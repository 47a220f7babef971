import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** What happens to the bytes of a request (up) or of its answer (down). Numbers are offsets and counts of bytes. */
export type BodyFault =
  | { readonly cutUp: number }
  | { readonly flipUp: number }
  | { readonly cutDown: number }
  | { readonly flipDown: number }
  /** After so many bytes nothing comes any more, and the connection stays. */
  | { readonly stallDown: number }
  /** The answer comes bit by bit, a piece of these bytes every few milliseconds. */
  | { readonly dribble: number };

type Plan = { readonly [name: string]: number };

const planOf = (fault: BodyFault | undefined): Plan => ({ ...fault });

/** Sends the body of a request on to the server. */
export async function passUp(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  passed: ClientRequest,
  fault: BodyFault | undefined,
): Promise<void> {
  const plan = planOf(fault);
  let at = 0;
  // A server may refuse it before there is a body.
  passed.flushHeaders();
  for await (const piece of request as AsyncIterable<Buffer>) {
    const bytes = flipped(piece, at, plan['flipUp']);
    at += piece.length;
    if (at > (plan['cutUp'] ?? Infinity)) {
      passed.destroy();
      response.destroy();
      return;
    }
    if (!passed.write(bytes)) await drained(passed);
  }
  passed.end();
}

/** Sends the body of an answer on to the client. */
export async function passDown(
  came: IncomingMessage,
  response: ServerResponse,
  fault: BodyFault | undefined,
): Promise<void> {
  const plan = planOf(fault);
  const end = plan['cutDown'] ?? plan['stallDown'] ?? Infinity;
  let at = 0;
  for await (const piece of came as AsyncIterable<Buffer>) {
    const bytes = flipped(piece, at, plan['flipDown']).subarray(0, Math.max(0, end - at));
    at += piece.length;
    if (plan['dribble'] !== undefined) await dribbled(response, bytes, plan['dribble']);
    else if (at < end && !response.write(bytes)) await drained(response);
    if (at < end) continue;
    const isCut = plan['cutDown'] !== undefined;
    response.write(bytes, () => {
      if (isCut) response.destroy();
    });
    return;
  }
  response.end();
}

/** The piece at an offset with one bit turned where it holds that byte. */
function flipped(piece: Buffer, at: number, byte: number | undefined): Buffer {
  if (byte === undefined || byte < at || byte >= at + piece.length) return piece;
  const other = Buffer.from(piece);
  other[byte - at] = (other[byte - at] ?? 0) ^ 1;
  return other;
}

async function dribbled(response: ServerResponse, bytes: Buffer, size: number): Promise<void> {
  for (let start = 0; start < bytes.length; start += size) {
    response.write(bytes.subarray(start, start + size));
    await delay(5);
  }
}

/** Until more can be written, or nothing any more. */
async function drained(stream: ClientRequest | ServerResponse): Promise<void> {
  const either = new AbortController();
  const { signal } = either;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
  either.abort();
}
