import { describe, expect, it } from 'vitest';
import { passagesOf } from './passagesOf.ts';

const sentence = 'A sentence that says something of what the section is about. ';
const text = (times: number) => sentence.repeat(times).trim();

describe('the passages of a page', () => {
  it('are its sections, the first with the description', () => {
    const passages = passagesOf({
      path: 'a.md',
      text: `---\ndescription: What it is for.\n---\n# A\n\n${text(5)}\n\n## B\n\n${text(6)}`,
    });
    expect(passages.map(({ sections }) => sections)).toEqual([['A'], ['B']]);
    expect(passages[0]?.markdown).toMatch(/^What it is for\.\n\nA sentence/);
  });

  it('are parts of whole paragraphs where a section is long, and lead to its heading', () => {
    const paragraphs = Array.from({ length: 9 }, () => text(5)).join('\n\n');
    const passages = passagesOf({ path: 'a.md', text: `# A\n\n${paragraphs}` });
    expect(passages.length).toBeGreaterThan(2);
    expect(passages.every((passage) => passage.markdown.length <= 1200)).toBe(true);
    expect(new Set(passages.map(({ line }) => line))).toEqual(new Set([1]));
    expect(passages.map((passage) => passage.markdown).join('\n\n')).toBe(paragraphs);
  });

  it('take in what stands beside a short section', () => {
    const passages = passagesOf({
      path: 'a.md',
      text: `# A\n\n${text(6)}\n\n## B\n\nShort.\n\n## C\n\n${text(6)}`,
    });
    expect(passages.map(({ sections }) => sections)).toEqual([['A'], ['B', 'C']]);
  });

  it('are none for a page without a text', () => {
    expect(passagesOf({ path: 'a.md', text: '' })).toEqual([]);
  });
});
