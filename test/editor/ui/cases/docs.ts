import { beforeAll, describe, expect, it } from 'vitest';
import { shot } from '../support/shot.ts';
import { startMs, type Suite } from '../support/suite.ts';

/** Questions about how something works, which the guides answer. */
export function docsCases(suite: Suite): void {
  describe('a question that the guides answer', () => {
    beforeAll(() => suite.startOver(), startMs);

    it('is answered with sources that open at their headings', async () => {
      const { chat, editor } = suite.workbench;
      await chat.say('@mlops how do I turn caching off for one task');
      const answer = await chat.waitForAnswer();
      expect(answer).toContain('set_caching_options(enable_caching=False)');
      expect(answer).toMatch(/Sources: Caching › Turn caching off for one task/);
      await shot(suite.workbench, 'docs-answer');
      await chat.openLink('Caching › Turn caching off for one task');
      await expect.poll(() => suite.workbench.activeTab()).toMatch(/caching\s*\.md/);
      await expect
        .poll(async () => (await editor.lines()).join('\n'))
        .toContain('## Turn caching off for one task');
      await shot(suite.workbench, 'docs-source');
    });

    it('is not answered where no guide does', async () => {
      const { chat } = suite.workbench;
      await chat.say('@mlops /docs the best pizza in town');
      expect(await chat.waitForAnswer()).toMatch(
        /The guides do not clearly answer "the best pizza in town" \(\d+ pages searched\)\./,
      );
      await shot(suite.workbench, 'docs-declined');
    });
  });
}
