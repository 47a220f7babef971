import { MemoryEnvironments } from '../fakes/memoryEnvironments.ts';
import { environmentsContract } from './environments.ts';

environmentsContract('in memory', async () => {
  const environments = new MemoryEnvironments();
  return {
    environments,
    add: async (id, packages, createdAt) =>
      environments.add({
        id,
        packages: packages ?? [],
        createdAt,
        state: packages === undefined ? 'unfinished' : 'ready',
      }),
    use: async (id) => {
      environments.inUse.add(id);
      return async () => void environments.inUse.delete(id);
    },
    remove: async () => undefined,
  };
});
