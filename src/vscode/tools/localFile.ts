import { realpath } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { LocalFile } from '../../core/storage/uploadObject.ts';
import { asName } from '../../core/text/literal.ts';
import { fileToStore } from '../connections/fileToStore.ts';

/**
 * A file of the open folders by its path, relative to one of them or whole. Throws MlopsError notFound; forbidden for a path, or a
 * link, that leads out of them: a model may have named it.
 */
export async function localFile(name: string): Promise<LocalFile> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  for (const { uri, name: folder } of folders) {
    const relative = name.startsWith(`${folder}/`) ? [name, name.slice(folder.length + 1)] : [name];
    for (const one of relative) {
      const file = await realpath(path.resolve(uri.fsPath, one)).catch(() => undefined);
      if (file === undefined) continue;
      const roots = await Promise.all(folders.map((root) => realpath(root.uri.fsPath)));
      if (!roots.some((root) => file.startsWith(`${root}${path.sep}`)))
        throw new MlopsError('forbidden', `${asName(name)} is outside of the open folders.`, {
          hint: 'Upload it from the explorer, or copy it into a folder that is open.',
        });
      const source = await fileToStore(file);
      return { label: vscode.workspace.asRelativePath(file), name: path.basename(file), source };
    }
  }
  throw new MlopsError('notFound', `There is no file ${asName(name)} in the open folders.`);
}
