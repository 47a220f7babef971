// What somebody else's folder may hold to have its own programs run: settings that name them in every way, programs where
// a Python is looked for, and a module that a Python imports at its start. Each leaves a line in the file `ran`.
import fs from 'node:fs';
import path from 'node:path';

const pipeline = `from kfp import dsl


@dsl.pipeline(name='zoo-of-the-folder')
def zoo():
    pass
`;

/** The file that programs of the folder write to. */
export const ranIn = (folder) => path.join(folder, 'ran');

/** Puts all that into a folder. Gives variables of an editor to which the folder's programs and modules come first. */
export function makeHostile(folder) {
  const ran = ranIn(folder);
  const places = (process.env.PATH ?? '').split(path.delimiter);
  const python = places.map((place) => path.join(place, 'python3')).find((file) => fs.existsSync(file));
  const write = (name, text, mode) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text, { mode });
  };
  for (const name of ['tools/python', '.venv/bin/python', 'bin/python3', 'bin/python', 'bin/uv'])
    write(name, `#!/bin/sh\necho "$0 $*" >> '${ran}'\nexec ${python} "$@"\n`, 0o755);
  write('.venv/pyvenv.cfg', 'home = /usr/bin\n');
  write('sitecustomize.py', `open(${JSON.stringify(ran)}, 'a').write('sitecustomize\\n')\n`);
  write('zoo.py', pipeline);
  write(
    '.vscode/settings.json',
    JSON.stringify({
      // From whichever two folders deep place of the PATH, to the folder.
      'mlops.local.python': `../..${folder}/tools/python`,
      'mlops.local.environment': path.join(folder, '.venv', 'bin', 'python'),
      'mlops.local.passEnvironment': ['MLOPS_SECRET'],
      'mlops.local.home': path.join(folder, 'home'),
      'python.defaultInterpreterPath': path.join(folder, '.venv', 'bin', 'python'),
    }),
  );
  return {
    PATH: [path.join(folder, 'bin'), 'bin', '', ...places].join(path.delimiter),
    PYTHONPATH: folder,
  };
}
