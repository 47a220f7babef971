import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../../core/domain/json.ts';
import type { Remark } from '../../core/domain/pipeline.ts';
import { asName } from '../../core/text/literal.ts';

/** How many texts of values are looked at. */
const most = 50;

/** Notes on values that name a file or folder of this machine, which a task on a cluster does not have. */
export async function localPaths(values: { readonly [name: string]: Json }): Promise<readonly Remark[]> {
  const texts = Object.entries(values).flatMap(([name, value]) =>
    textsIn(value).map((text) => ({ name, text, file: localPath(text) })),
  );
  const notes = await Promise.all(
    texts.slice(0, most).map(async ({ name, text, file }) => {
      if (file === undefined || !(await isThere(file))) return [];
      return [
        {
          what: 'local_path',
          message: `The value ${asName(text)} of ${asName(name)} is a path of this machine, where the cluster cannot reach it.`,
          hint: 'Give an address that the cluster can reach, or a path that its containers have.',
        },
      ];
    }),
  );
  return notes.flat();
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A folder at the root (`/tmp`, `/data`) is as likely one of a container. */
function localPath(text: string): string | undefined {
  const file = text.startsWith('file:///') ? pathOf(text) : text;
  if (file === undefined || file.length > 4096 || !path.isAbsolute(file)) return undefined;
  return path.dirname(path.normalize(file)) === path.parse(file).root ? undefined : file;
}

function pathOf(address: string): string | undefined {
  try {
    return fileURLToPath(address);
  } catch {
    return undefined;
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
