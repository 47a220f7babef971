import type { FileSource } from '../../adapters/node/fileSource.ts';

/** The bytes of a file on this machine as they are now. Throws MlopsError notFound, invalid; reading throws conflict when it changes. */
export async function fileToStore(file: string): Promise<FileSource> {
  const { fileSource } = await import('../../adapters/node/fileSource.ts');
  return fileSource(file);
}
