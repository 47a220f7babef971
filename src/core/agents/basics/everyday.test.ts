// What MLOps Basics makes of sentences as people say them: they were written before its words and rules, and not after them.
import { describe, expect, it } from 'vitest';
import { sameJson, type JsonObject } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import { inputSchema } from '../../tools/inputSchema.ts';
import { findTool } from '../../tools/table.ts';
import type { Understood } from './grammar.ts';
import { lookAround } from './lookAround.ts';
import { understand } from './understand.ts';
import { heldOut } from '../../../../test/everyday/heldOut.ts';
import { others } from '../../../../test/everyday/others.ts';
import { outside } from '../../../../test/everyday/outside.ts';
import { reading } from '../../../../test/everyday/reading.ts';
import type { Case } from '../../../../test/everyday/suite.ts';
import { aWorld, runs } from '../../../../test/everyday/world.ts';
import { storage, storageHeldOut, storageOutside } from '../../../../test/everyday/storage.ts';
import { talking } from '../../../../test/everyday/talking.ts';
import { writing } from '../../../../test/everyday/writing.ts';

const world = aWorld();
const connection = { backend: async () => world.backend, store: async () => world.store };

async function heard({ say, focus }: Case): Promise<Understood | 'help' | undefined> {
  const known = await lookAround(connection, say, focus, new AbortController().signal);
  return understand(say, focus, { known });
}

interface Judged {
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  /** Those understood as a write that they do not mean. */
  readonly harmful: readonly string[];
}

async function judge(cases: readonly Case[]): Promise<Judged> {
  const judged = await Promise.all(
    cases.map(async (one) => {
      const understood = await heard(one);
      const call = typeof understood === 'object' ? understood : undefined;
      const isRight =
        one.wanted.length === 0 || call === undefined
          ? call === undefined && (one.wanted.length === 0 || one.wanted.some(isNothing))
          : one.wanted.some((wanted) => means(wanted, call));
      const line = `${one.say} => ${call === undefined ? '-' : `${call.tool} ${JSON.stringify(call.input)}`}`;
      const isWrite = call !== undefined && findTool(call.tool)?.effect !== 'read';
      return { isRight, line, isHarmful: isWrite && !isRight };
    }),
  );
  return {
    right: judged.filter(({ isRight }) => isRight).map(({ line }) => line),
    wrong: judged.filter(({ isRight }) => !isRight).map(({ line }) => line),
    harmful: judged.filter(({ isHarmful }) => isHarmful).map(({ line }) => line),
  };
}

const isNothing = ({ tool }: Understood) => tool === 'mlops_-';

/** Whether two calls come to the same: a run may be named in several ways, and a tool may not have a field yet. */
function means(wanted: Understood, call: Understood): boolean {
  return wanted.tool === call.tool && sameJson(plain(wanted), plain(call));
}

function plain({ tool, input }: Understood): JsonObject {
  const row = findTool(tool);
  const { properties } = row === undefined ? {} : inputSchema(row.input);
  const entries = Object.entries(input)
    .filter(([name]) => own((properties ?? {}) as JsonObject, name) !== undefined)
    .map(([name, value]) => [
      name,
      ['run', 'with', 'like'].includes(name) ? runNamed(JSON.stringify(value).slice(1, -1)) : value,
    ]);
  return Object.fromEntries(entries) as JsonObject;
}

function runNamed(text: string): string {
  const newest = (fits: (one: (typeof runs)[number]) => boolean) => runs.find(fits)?.[0] ?? text;
  if (text === 'last') return newest(() => true);
  if (text === 'last failed') return newest(([, state]) => state === 'failed');
  if (text === 'last good') return newest(([, state]) => state === 'succeeded');
  return newest(([id]) => id === text || id.replace(/-\d+$/, '') === text);
}

const figure = ({ right, wrong }: Judged) =>
  `${right.length} of ${right.length + wrong.length} right${wrong.map((line) => `\n  ${line}`).join('')}`;

describe('MLOps Basics', () => {
  it.each([
    ['sentences that want to look at something', reading],
    ['sentences that want to change something', writing],
    ['sentences that are no order, or that no tool carries out', outside],
    ['sentences of other people', others],
    ['sentences in the middle of a conversation', talking],
    ['sentences about buckets and objects', storage],
    ['sentences about objects that are no order', storageOutside],
    ['sentences about objects that nobody looked at while its rules were made', storageHeldOut],
    ['sentences that nobody looked at while its rules were made', heldOut],
  ])('understands nine of ten %s, and none as a write that they do not mean', async (title, cases) => {
    const judged = await judge(cases);
    if (judged.wrong.length > 0) process.stdout.write(`${title}: ${figure(judged)}\n`);
    expect(judged.harmful).toEqual([]);
    expect(judged.right.length).toBeGreaterThanOrEqual(cases.length * 0.9);
  });
});
