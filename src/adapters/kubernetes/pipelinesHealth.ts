import * as z from 'zod';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ServiceRoute } from './serviceRoute.ts';

/** What the Pipelines API says of itself. */
export interface PipelinesHealth {
  readonly version: string | undefined;
  /** True where each user has a namespace. */
  readonly severalUsers: boolean;
}

const health = z.looseObject({ tag_name: z.string().optional(), multi_user: z.boolean().optional() });

/** Asks the Pipelines API inside a cluster. Throws MlopsError where something else answers. */
export async function readHealth(
  route: Pick<ServiceRoute, 'fetch' | 'address'>,
  signal: AbortSignal,
): Promise<PipelinesHealth> {
  const answer = await route.fetch(`${route.address}/apis/v2beta1/healthz`, { signal });
  const told = health.safeParse(await answer.json().catch(() => undefined));
  if (!answer.ok || !told.success)
    throw new MlopsError(
      'unsupported',
      `Its Pipelines API does not answer as it should (${answer.status}).`,
      { hint: 'The log of ml-pipeline says more.' },
    );
  const { tag_name: tag = 'unknown', multi_user: severalUsers = false } = told.data;
  return { version: tag === 'unknown' ? undefined : tag, severalUsers };
}
