// What esbuild's metafile says of the bundle: what activation loads, and whose code is inside.

/**
 * The entry's chunk and the chunks that it imports statically: what the editor loads at activation.
 * @param {import('esbuild').Metafile} metafile
 * @returns {{ outputs: string[], inputs: string[], bytes: number }} outputs and inputs as paths from the repository
 */
export function loadedAtActivation({ outputs }) {
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint?.endsWith('extension.ts'));
  if (!entry) throw new Error('The bundle has no entry extension.ts.');
  const loaded = new Set([entry]);
  /** @param {string} name */
  const outputOf = (name) => /** @type {import('esbuild').Metafile['outputs'][string]} */ (outputs[name]);
  for (const name of loaded) {
    const chunks = outputOf(name).imports.filter(
      ({ kind, external }) => kind === 'import-statement' && !external,
    );
    for (const { path } of chunks) loaded.add(path);
  }
  const names = [...loaded];
  return {
    outputs: names,
    inputs: names.flatMap((name) => Object.keys(outputOf(name).inputs)).sort(),
    bytes: names.reduce((sum, name) => sum + outputOf(name).bytes, 0),
  };
}

/**
 * The packages that have code in the bundle, as install paths (`node_modules/zod`), sorted.
 * @param {import('esbuild').Metafile} metafile
 */
export function bundledPackages({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const paths = inputs.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(paths.filter((path) => path !== undefined))].sort();
}
