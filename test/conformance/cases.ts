import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { repository } from './localMachine.ts';

const state = z.enum(['SUCCEEDED', 'FAILED', 'SKIPPED', 'REFUSED', 'CANCELED', 'STOPPED']);

const taskRow = z.strictObject({
  state,
  because: z.string().optional(),
  outputs: z.record(z.string(), z.json()).optional(),
  metrics: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  log: z.array(z.string()).optional(),
  error: z
    .strictObject({
      type: z.string().optional(),
      message: z.string().optional(),
      line: z.string().optional(),
    })
    .optional(),
});

const oneCase = z.object({
  name: z.string(),
  what: z.string(),
  pipeline: z.string(),
  arguments: z.record(z.string(), z.json()),
  state,
  outputs: z.record(z.string(), z.json()).optional(),
  said: z.array(z.strictObject({ what: z.string(), task: z.string().optional() })).optional(),
  tasks: z.record(z.string(), taskRow).optional(),
});

export type Case = z.infer<typeof oneCase>;
export type CaseTask = z.infer<typeof taskRow>;

/** A folder with `cases.json` and what its cases name. */
export interface CaseFolder {
  readonly folder: string;
  readonly cases: readonly Case[];
}

/** The project's cases and, when MLOPS_CONFORMANCE_DIR names a folder, those of that folder as well. */
export function caseFolders(): readonly CaseFolder[] {
  const more = process.env['MLOPS_CONFORMANCE_DIR'];
  const folders = [
    path.join(repository, 'test', 'conformance', 'local'),
    ...(more ? [path.resolve(more)] : []),
  ];
  return folders
    .filter((folder) => existsSync(path.join(folder, 'cases.json')))
    .map((folder) => ({ folder, cases: readCases(folder) }));
}

function readCases(folder: string): readonly Case[] {
  return z.array(oneCase).parse(JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8')));
}
