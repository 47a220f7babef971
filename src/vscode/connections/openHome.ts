import type { Home } from '../../adapters/localRunner/home.ts';
import { thisMachine } from '../../core/domain/connection.ts';
import type { Log } from '../../core/ports/log.ts';
import { tellHomeIsPrivate } from '../notifications/tellHomeIsPrivate.ts';
import type { ConfiguredConnection } from './configured.ts';

/** The home of a connection, private to the person unless they share it. */
export async function openHome(
  { info, folder, sharedHome: shared }: ConfiguredConnection,
  log: Log,
): Promise<Home> {
  const [{ homeAt }, { keepPrivate }] = await Promise.all([
    import('../../adapters/localRunner/home.ts'),
    import('../../adapters/localRunner/homeRights.ts'),
  ]);
  const home = homeAt(folder, { shared, connection: info.id });
  const setting =
    info.id === thisMachine
      ? 'the setting mlops.local.sharedHome'
      : 'sharedHome of its row in mlops.connections';
  if (!home.shared && (await keepPrivate(home, log))) tellHomeIsPrivate(folder, setting);
  return home;
}
