import * as vscode from 'vscode';
import * as z from 'zod';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import type { RunId } from '../../../core/domain/run.ts';
import type { Target } from '../../target.ts';

const text = z.string().min(1).max(2000);
const target = z.object({
  pipeline: text.transform((id) => id as PipelineId).optional(),
  run: text.transform((id) => id as RunId).optional(),
  task: text.optional(),
  bucket: text.optional(),
  key: z.string().max(2000).optional(),
  more: z.string().max(2000).optional(),
  file: text.optional(),
  function: text.optional(),
  here: z.boolean().optional(),
});
const node = z.object({ target });
const several = z.object({ runs: z.array(text.transform((id) => id as RunId)).max(1000) });

/**
 * What a command is asked to act on, from whoever asks: a row of a tree (`{target}`), a link or a button (the target
 * itself), a file (the menus of editors and of the explorer), or text, which is taken as the field `textIs`. Nothing usable
 * gives an empty target, and the command asks.
 */
export function targetOf(args: readonly unknown[], textIs: 'run' | 'pipeline' = 'run'): Target {
  const [first] = args;
  if (first instanceof vscode.Uri) return first.scheme === 'file' ? { file: first.fsPath } : {};
  if (typeof first === 'string') return target.safeParse({ [textIs]: first }).data ?? {};
  return node.safeParse(first).data?.target ?? target.safeParse(first).data ?? {};
}

/** The runs that a command is asked to act on together: `{runs}`, or the rows that are selected in the tree. */
export function runsOf(args: readonly unknown[]): readonly RunId[] {
  const [first, selected] = args;
  const named = several.safeParse(first).data?.runs;
  if (named !== undefined) return named;
  const rows = z.array(z.unknown()).safeParse(selected).data ?? [];
  return rows.flatMap((row) => node.safeParse(row).data?.target.run ?? []);
}
