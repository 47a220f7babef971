import * as z from 'zod';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Target } from '../trees/row.ts';

const text = z.string().min(1).max(2000);
const target = z.object({
  pipeline: text.transform((id) => id as PipelineId).optional(),
  run: text.transform((id) => id as RunId).optional(),
  task: text.optional(),
  bucket: text.optional(),
  key: z.string().max(2000).optional(),
  more: z.string().max(2000).optional(),
});
const node = z.object({ target });

/**
 * What a command is asked to act on, from whoever asks: a row of a tree (`{target}`), a link or a button (the target
 * itself), or text, which is taken as the field `text`. Nothing usable gives an empty target, and the command asks.
 */
export function targetOf(args: readonly unknown[], textIs: 'run' | 'pipeline' = 'run'): Target {
  const [first] = args;
  if (typeof first === 'string') return target.safeParse({ [textIs]: first }).data ?? {};
  return node.safeParse(first).data?.target ?? target.safeParse(first).data ?? {};
}
