import { describe, expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { indexPages } from '../knowledge/searchPages.ts';
import { searchDocsTool } from './searchDocs.ts';

const never = new AbortController().signal;
const index = indexPages([
  {
    path: 'loops.md',
    text: '# Loops\n\nIntroduction to loops, which run tasks more than once.\n\n## Limit the loop\n\n`parallelism=2` lets two iterations run at once.',
  },
]);
const guides = async () => ({
  search: async (queries: readonly string[], most: number) => {
    const found = index.search(queries, most);
    return {
      ...found,
      pages: 1,
      passages: found.passages.map((one) => ({ ...one, file: `/guides/${one.path}` })),
    };
  },
});
const ask = (...queries: string[]) =>
  searchDocsTool.call({ queries }, toolDeps(new FakePipelineBackend(), { guides }), never);

describe('searching the documentation', () => {
  it('gives passages with what they are cited by, and leads to their headings', async () => {
    const { text, mentions } = await ask('limit the parallelism of a loop');
    expect(text).toContain('**[Loops › Limit the loop]**\n\n`parallelism=2` lets');
    expect(mentions[0]).toMatchObject({
      kind: 'passage',
      title: 'Loops › Limit the loop',
      file: '/guides/loops.md',
      line: 5,
    });
  });

  it('says where no guide clearly answers', async () => {
    const { text } = await ask('best pizza in town that I could eat at once');
    expect(text).toMatch(/^The guides do not clearly answer "best pizza .* \(1 page searched\)\./);
  });

  it('says where no page has a word of the question', async () => {
    expect((await ask('quantum entanglement')).text).toMatch(
      /^The guides say nothing of "quantum entanglement"/,
    );
  });
});
