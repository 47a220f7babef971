import { describe, expect, it } from 'vitest';
import { indexPages } from './searchPages.ts';

const pages = [
  {
    path: 'caching.md',
    text: '# Caching\n\nA task whose inputs did not change is not executed.\n\n## Turn caching off\n\nCall `set_caching_options(enable_caching=False)` on the task. It then runs each time, whatever its inputs are, and its outputs are new. Tasks after it run again as well, since what they read has another address than it had before that change was made.',
  },
  {
    path: 'loops.md',
    text: '# Loops\n\n`ParallelFor` runs tasks for each item of a list.\n\n## Limit the loop\n\n`parallelism=2` lets two iterations run at once. The others wait until one of these has ended, which keeps a small cluster free for other people and their work, and a quota from being exceeded by a list that is longer than somebody expected.',
  },
];
const index = indexPages(pages);
const sections = (...queries: string[]) =>
  index.search(queries, 3).passages.map(({ path, sections: of }) => `${path} ${of.at(-1)}`);

describe('searching pages', () => {
  it('finds the section that a question is about', () => {
    expect(sections('how can I switch caching off?')[0]).toBe('caching.md Turn caching off');
  });

  it('finds words by their stems, and identifiers by their parts and as a whole', () => {
    expect(sections('iterating')[0]).toBe('loops.md Limit the loop');
    expect(sections('parallel for')[0]).toBe('loops.md Loops');
    expect(sections('set_caching_options')[0]).toBe('caching.md Turn caching off');
  });

  it('adds what rephrasings find, so that other words than those of the page do', () => {
    expect(sections('my step is skipped')).toEqual([]);
    expect(sections('my step is skipped', 'task not executed because of caching')[0]).toMatch(/^caching\.md/);
  });

  it('is surer of a question that the pages answer, and doubts one that they do not', () => {
    const answered = index.search(['turn caching off'], 3);
    const other = index.search(['best pizza in town for a birthday with friends'], 3);
    expect(answered.doubtful).toBe(false);
    expect(other.doubtful).toBe(true);
    expect(answered.confidence).toBeGreaterThan(other.confidence);
  });

  it('finds nothing for words that say nothing', () => {
    expect(index.search(['how do I do it?'], 3)).toEqual({ passages: [], confidence: 0, doubtful: true });
  });

  it('returns no more than was asked for', () => {
    expect(index.search(['task loop caching'], 1).passages).toHaveLength(1);
  });
});
