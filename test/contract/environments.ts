import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environments } from '../../src/core/ports/environments.ts';

/** Environments to be tested. */
export interface EnvironmentsSubject {
  readonly environments: Environments;
  /** Puts one there; one without packages is unfinished. */
  readonly add: (id: string, packages: readonly string[] | undefined, createdAt: number) => Promise<void>;
  /** Lets a run use one, until the returned function is called. */
  readonly use: (id: string) => Promise<() => Promise<void>>;
  readonly remove: () => Promise<void>;
}

const never = new AbortController().signal;

/** What all environments do. */
export function environmentsContract(name: string, make: () => Promise<EnvironmentsSubject>): void {
  describe(`environments: ${name}`, () => {
    let subject: EnvironmentsSubject;
    beforeEach(async () => {
      subject = await make();
    });
    afterEach(() => subject.remove());

    it('lists none at first', async () => {
      expect(await subject.environments.list(never)).toEqual([]);
    });

    it('lists environments, newest first, unfinished ones last', async () => {
      await subject.add('aaa', ['pandas==2.3.3', 'kfp==2.17.0'], 1000);
      await subject.add('bbb', undefined, 5000);
      await subject.add('ccc', ['kfp==2.17.0'], 3000);
      const all = await subject.environments.list(never);
      expect(all.map(({ id, state, purpose }) => [id, state, purpose])).toEqual([
        ['ccc', 'ready', 'runs'],
        ['aaa', 'ready', 'runs'],
        ['bbb', 'unfinished', 'runs'],
      ]);
      expect(all[1]).toMatchObject({
        packages: ['pandas==2.3.3', 'kfp==2.17.0'],
        createdAt: 1000,
        usedBy: { runs: [], count: 0 },
      });
    });

    it('measures environments', async () => {
      await subject.add('aaa', ['kfp==2.17.0'], 1000);
      const { bytes, complete } = await subject.environments.measure('aaa', never);
      expect([bytes > 0, complete]).toEqual([true, true]);
    });

    it('removes environments', async () => {
      await subject.add('aaa', ['kfp==2.17.0'], 1000);
      await subject.add('bbb', undefined, 5000);
      await subject.environments.remove('aaa', never);
      await subject.environments.remove('bbb', never);
      expect(await subject.environments.list(never)).toEqual([]);
    });

    it('does not remove an environment while a run uses it', async () => {
      await subject.add('aaa', ['kfp==2.17.0'], 1000);
      const end = await subject.use('aaa');
      await expect(subject.environments.remove('aaa', never)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await subject.environments.list(never)).toHaveLength(1);
      await end();
      await subject.environments.remove('aaa', never);
    });

    it.each(['nope', '..', '.', '', 'aaa/..'])(
      'does not find an environment that does not exist: %o',
      async (id) => {
        await subject.add('aaa', ['kfp==2.17.0'], 1000);
        const notFound = expect.objectContaining({ name: 'MlopsError', kind: 'notFound' });
        await expect(subject.environments.remove(id, never)).rejects.toEqual(notFound);
        await expect(subject.environments.measure(id, never)).rejects.toEqual(notFound);
        expect(await subject.environments.list(never)).toHaveLength(1);
      },
    );
  });
}
