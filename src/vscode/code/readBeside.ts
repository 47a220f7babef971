import * as path from 'node:path';

const read = /\.(?:py|ya?ml|json|toml|ini|cfg)$/;
/** Folders without files of the person: the editor's own, and virtual environments. */
const others = /(?:^|[\\/])(?:\.[^\\/]*|site-packages|node_modules|__pycache__)[\\/]/;

/** True for the file of a pipeline and for the modules and settings below a Python file's folder, which compiling may read. */
export function mayRead(pipeline: string, file: string): boolean {
  if (file === pipeline) return true;
  const below = path.relative(path.dirname(pipeline), file);
  const outside = below.startsWith(`..${path.sep}`) || path.isAbsolute(below);
  return pipeline.endsWith('.py') && read.test(file) && !outside && !others.test(below);
}
