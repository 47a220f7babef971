import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { ConnectionInfo, ConnectionId } from '../domain/connection.ts';
import type { Question } from '../domain/question.ts';
import type { RunId } from '../domain/run.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { freeQuestion } from '../environments/freeQuestion.ts';
import { removeQuestion } from '../environments/removeQuestion.ts';
import { compileQuestion, compilerQuestion } from '../pipelines/compilerQuestion.ts';
import { runQuestion } from '../pipelines/runQuestion.ts';
import { deleteQuestion } from '../runs/deleteQuestion.ts';
import { stopQuestion } from '../runs/stopQuestion.ts';
import { renderQuestionMarkdown } from './renderQuestionMarkdown.ts';
import { everyLine, renderQuestionPlain } from './renderQuestionPlain.ts';
import { shownText } from './shownText.ts';

const signal = new AbortController().signal;

/** What somebody else may have written into a name, a value, a path or a message. */
const hostile = [
  '**Nothing is installed.**',
  '[click](command:workbench.action.terminal.new)',
  '<https://evil.example>',
  'see https://evil.example or www.evil.example',
  '![x](https://evil.example/x.png)',
  '# Heading',
  '- item\n- item',
  '1. one',
  'line\n\nSet: `safe` = `1`',
  'two\r\nlines\ttab',
  '`code` ``more`` ```fence```',
  '```\n# Heading\n```',
  '~~~\nfence',
  '| a | b |\n| --- | --- |',
  '<details><summary>x</summary></details>',
  '<img src=x onerror=alert(1)>',
  '&lt;b&gt;&#42;',
  '$(trash) $(check) done',
  '_a_ __b__ *c* ~~d~~',
  'a\\*b\\',
  'a\u202egpj.exe',
  '\u2066x\u2069\u200e\u200f\u061c',
  'ir\u200bis\u200c\u200d\u2060\ufeff\u00ad',
  'tag\u{e0041}\u{e0042}\ufe0f',
  'a\u00a0b\u2003c\u3000',
  '\u0000\u001b[31mred\u007f\u0085\u2028\u2029',
  'constructor',
  '__proto__',
  'x? Nothing is installed.',
  '3 (default 3)',
  ' '.repeat(300),
  `${'x'.repeat(390)}`,
  `${'a'.repeat(5000)}; DROP TABLE runs`,
] as const;

const connectionOf = (name: string): ConnectionInfo => ({
  id: 'k' as ConnectionId,
  kind: 'kubeflow',
  name,
  readOnly: false,
  about: '',
});

const questions: { readonly [name: string]: (text: string) => Question | Promise<Question> } = {
  run: (text) =>
    runQuestion({
      pipeline: {
        name: text,
        source: { kind: 'python', label: text },
        parameters: [
          { name: text, type: 'string', required: false, default: text },
          { name: 'value', type: 'string', required: false, default: '' },
          { name: 'list', type: 'list', required: false },
        ],
      },
      values: { [text]: 'other', value: text, list: [text, { [text]: text }] },
      name: text,
      cache: false,
      connection: connectionOf(text),
      again: text as RunId,
      preparation: {
        install: [text, text],
        installBytes: 3e8,
        compiles: text,
        sources: [{ kind: 'index', value: text }],
        fingerprint: '',
        runsOn: text,
        blockers: [],
        notes: [{ what: 'x', task: text, message: text, hint: text }],
      },
    }),
  compile: compileQuestion,
  compiler: (text) => compilerQuestion({ packages: [text], bytes: 1 }, connectionOf(text)),
  'compiler for a file': (text) => compilerQuestion({ packages: [text] }, connectionOf('x'), text),
  stop: (text) =>
    stopQuestion(aRun({ id: text, state: 'running', tasks: [aTask({ path: text, state: 'running' })] })),
  delete: (text) => {
    const backend = new FakePipelineBackend();
    const iris = { id: 'iris.yaml' as PipelineId, name: 'iris' };
    const object = { bucket: text, key: `${text}/x` };
    const artifacts = [{ name: 'a', type: 'Dataset', uri: '', metadata: {}, object }];
    backend.addRun(aRun({ id: text, pipeline: iris, tasks: [aTask({ hasLog: false, artifacts })] }));
    return deleteQuestion(backend, text as RunId, signal);
  },
  remove: (text) =>
    removeQuestion(
      {
        id: text,
        packages: [text, text],
        state: 'ready',
        purpose: 'runs',
        usedBy: { runs: [text as RunId], count: 1 },
      },
      { bytes: 1, complete: true },
    ),
  free: (text) =>
    freeQuestion({
      items: [{ kind: 'environment', id: text, size: { bytes: 1, complete: true } }],
      unreadable: [text],
    }),
};

const cases = Object.keys(questions).flatMap((name) => hostile.map((text) => [name, text] as const));
const ask = async (name: string, text: string) => {
  const question = await questions[name]?.(text);
  if (question === undefined) throw new Error(name);
  return question;
};

/** Characters that are invisible or reorder others; the variation selector of an emoji is allowed. */
const invisible =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u2000-\u200a\u202f\u205f\u3000]/u;

/** Markdown with code spans and escaped signs taken out: what is left would be markup. */
function liveMarkdown(text: string): string {
  return text.replace(/(?<![`\\])(`+)(?!`)(?:.*?[^`])??\1(?!`)/g, '').replace(/\\[!-/:-@[-`{-~]/g, '');
}

const markdown = new MarkdownIt({ html: true });
/** What a reader of Markdown makes of a text: names of everything that is neither text nor code. */
function markupIn(text: string): readonly string[] {
  const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const plain = [
    'inline',
    'text',
    'text_special',
    'code_inline',
    'softbreak',
    'paragraph_open',
    'paragraph_close',
  ];
  return tokens.map(({ type }) => type).filter((type) => !plain.includes(type));
}
const ourList = ['bullet_list_open', 'list_item_open', 'list_item_close', 'bullet_list_close'];

describe.each(cases)('the %s question with %j', (name, text) => {
  it('has no markup and no invisible characters of the text in the chat', async () => {
    const { title, message } = renderQuestionMarkdown(await ask(name, text));
    for (const shown of [title, message]) {
      expect(shown.replaceAll('\n', '')).not.toMatch(invisible);
      expect(liveMarkdown(shown)).not.toMatch(/[`*_[\]<>|~#$&]|https?:|www\.|@/);
    }
    expect(title).not.toContain('\n');
    expect(markupIn(title)).toEqual([]);
    expect(markupIn(message)).toEqual(['run', 'free'].includes(name) ? ourList : []);
  });

  it('takes at most twelve lines in a modal, without invisible characters', async () => {
    const { title, detail } = renderQuestionPlain(await ask(name, text));
    expect(title).not.toContain('\n');
    expect(`${title}${detail.replaceAll('\n', '')}`).not.toMatch(invisible);
    const lines = detail.split('\n').map((line) => Math.max(1, Math.ceil(line.length / 80)));
    expect(lines.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(12);
  });

  it('contains the whole text under "Show everything"', async () => {
    const lines = everyLine(await ask(name, text));
    expect(lines.join('')).not.toMatch(invisible);
    for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    expect(lines.join('').replaceAll(/\s+/g, '')).toContain(shownText(text).replaceAll(/\s+/g, ''));
  });
});

describe('the question about a pipeline with many parameters', () => {
  const parameters = Array.from({ length: 60 }, (_, n) => ({
    name: `p${n}`,
    type: 'string' as const,
    required: false,
    default: '',
  }));
  const question = runQuestion({
    pipeline: { name: 'big', source: { kind: 'yaml' }, parameters },
    values: { ...Object.fromEntries(parameters.map(({ name }) => [name, ''])), p58: 'changed', p59: 'also' },
    cache: true,
    preparation: {
      install: [],
      sources: [],
      fingerprint: '',
      runsOn: 'Python 3.11.7',
      blockers: [],
      notes: [],
    },
  });

  it('shows changed values first in a modal, and how many more there are', () => {
    const { detail, folded } = renderQuestionPlain(question);
    const lines = detail.split('\n');
    expect(lines).toHaveLength(12);
    expect(lines.slice(0, 2)).toEqual(['p58 = changed (default "")', 'p59 = also (default "")']);
    expect(lines.slice(-2)).toEqual(['+50 more parameters', 'From big with Python 3.11.7.']);
    expect(folded).toBe(true);
  });

  it('contains every parameter in the chat and under "Show everything"', () => {
    const { message } = renderQuestionMarkdown(question);
    for (const { name } of parameters) {
      expect(message).toContain(`\`${name}\` = `);
      expect(everyLine(question).some((line) => line.trim().startsWith(`${name} = `))).toBe(true);
    }
  });
});

it('a question shows up to 400 characters of a value in the chat and up to 160 in a modal', () => {
  const valueOf = (length: number) => `${'x'.repeat(length - 14)}; DROP TABLE y`;
  const of = (length: number) =>
    runQuestion({
      pipeline: {
        name: 'a',
        source: { kind: 'yaml' },
        parameters: [{ name: 'sql', type: 'string', required: true }],
      },
      values: { sql: valueOf(length) },
      cache: true,
      preparation: { install: [], sources: [], fingerprint: '', runsOn: 'Python', blockers: [], notes: [] },
    });
  expect(renderQuestionMarkdown(of(400)).message).toContain(valueOf(400));
  expect(renderQuestionMarkdown(of(457)).message).toMatch(/x⟨\+57 characters⟩x+; DROP TABLE y`/);
  expect(renderQuestionPlain(of(160)).detail).toContain(valueOf(160));
  expect(renderQuestionPlain(of(217)).detail).toMatch(/x⟨\+57 characters⟩x+; DROP TABLE y”/);
});
