// The guides that ship: whole, linked to where their facts stand, and answering the questions that were asked of them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { markdownSections } from '../../src/core/knowledge/markdownSections.ts';
import { root } from '../../scripts/node24.mjs';
import { readQuestions } from '../bench/retrieval/questions.ts';
import { retrieval } from '../bench/retrieval/retrieval.ts';

const folder = path.join(root, 'resources', 'docs');
const questions = path.join(import.meta.dirname, 'guides.jsonl');
const pages = readdirSync(folder);
const textOf = (page: string) => readFileSync(path.join(folder, page), 'utf8');

describe.each(pages)('the guide %s', (page) => {
  const text = textOf(page);

  it('says what it is about, and where its facts stand', () => {
    const front = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '';
    expect(front).toMatch(/^title: \S/m);
    expect(front).toMatch(/^description: \S/m);
    expect(front).toMatch(/^sources:\n {2}- (?:https:\/\/|README\.md|docs\/)/m);
  });

  it('has sections that can be read by themselves', () => {
    const { sections } = markdownSections(text, page);
    const long = sections.filter((section) => section.markdown.split(/\s+/).length > 300);
    expect(sections.length).toBeGreaterThan(3);
    expect(long.map(({ headings }) => headings.at(-1))).toEqual([]);
  });
});

describe('questions about the guides', () => {
  it('name sections that are there', async () => {
    const wrong = (await readQuestions(questions)).flatMap(({ relevant }) =>
      relevant.filter(
        ({ path: page, heading }) =>
          !pages.includes(page) ||
          !markdownSections(textOf(page), page).sections.some(({ headings }) => headings.at(-1) === heading),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('are answered as well as they were', async () => {
    const measures = await retrieval(folder, questions);
    const of = (name: string) => measures.find((one) => one.name === name);
    expect(of('BM25F')?.recall5).toBeGreaterThanOrEqual(0.7);
    expect(of('BM25F with rephrasings')?.recall5).toBeGreaterThanOrEqual(0.93);
  });
});
