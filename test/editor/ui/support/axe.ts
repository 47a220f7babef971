import axe, { type Result } from 'axe-core';
import type { Workbench } from '../../harness/workbench.ts';

/** What axe finds in the panel in front that is serious or worse: each rule with the elements that break it. */
export async function axeProblems({ results }: Workbench): Promise<readonly string[]> {
  const body = results.inside.locator('body');
  await body.waitFor();
  // The page's rules let no script in by its address; this comes from outside of it.
  const check = `${axe.source}; axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)`;
  const violations: readonly Result[] = await body.evaluate(check);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const elements = nodes.slice(0, 4).map((node) => `${node.html} (${node.any[0]?.message ?? ''})`);
      return `${id}: ${help}: ${elements.join(' | ')}`;
    });
}
