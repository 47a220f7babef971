import type { ConnectionInfo } from '../domain/connection.ts';

/** The connection's name for texts: undefined where there is only one connection. */
export function placeName(
  connections: { readonly all: readonly unknown[] },
  { name }: ConnectionInfo,
): string | undefined {
  return connections.all.length > 1 ? name : undefined;
}
