import type { LocalFiles } from '../../core/ports/localFiles.ts';

/** Files of this machine, for uploads and downloads. */
export async function openLocalFiles(): Promise<LocalFiles> {
  const { localFiles } = await import('../../adapters/localFiles/localFiles.ts');
  return localFiles;
}
