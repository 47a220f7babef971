import { describe, expect, it } from 'vitest';
import { markdownSections } from './markdownSections.ts';

const page = `---
title: "Caching"
description: When a result is used again.
sources:
  - https://example.org
---

# Caching

It is on by default.

## Turn it off for \`one\` task {#off}

\`\`\`python
# not a heading
task.set_caching_options(False)
\`\`\`

### In a loop

The same.

## [Keys](keys.md) of your own
`;

describe('the sections of a Markdown page', () => {
  it('have the headings above them, without marks, and the line of their own', () => {
    const { sections } = markdownSections(page, 'caching.md');
    expect(sections.map(({ headings, line }) => [headings.join(' › '), line])).toEqual([
      ['Caching', 8],
      ['Caching › Turn it off for one task', 12],
      ['Caching › Turn it off for one task › In a loop', 19],
    ]);
  });

  it('keep code whole: a number sign in it begins no section', () => {
    const [, off] = markdownSections(page, 'caching.md').sections;
    expect(off?.markdown).toContain('# not a heading\ntask.set');
  });

  it('take title and description from what stands in front', () => {
    expect(markdownSections(page, 'x.md')).toMatchObject({
      title: 'Caching',
      description: 'When a result is used again.',
    });
  });

  it('are titled by their first heading, else by the name of the page', () => {
    expect(markdownSections('# Loops\n\ntext', 'x.md').title).toBe('Loops');
    expect(markdownSections('text', 'x.md').title).toBe('x.md');
  });

  it('end a block only with a fence as long as the one that began it', () => {
    const { sections } = markdownSections('# A\n\n````md\n```\n# b\n```\n````\n\n# C\n\ntext', 'x.md');
    expect(sections.map(({ headings }) => headings.at(-1))).toEqual(['A', 'C']);
  });
});
