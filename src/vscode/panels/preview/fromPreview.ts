import * as z from 'zod';
import type { FromPreview } from '../../../webviews/preview/contract.ts';

const column = z.string().min(1).max(500).optional();

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.enum(['open', 'openInBrowser']) }),
  z.object({ type: z.literal('draw'), y: column, x: column }),
]);

/** A valid message of the page; undefined for anything else. */
export function fromPreview(given: unknown): FromPreview | undefined {
  return message.safeParse(given).data;
}
