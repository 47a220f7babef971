// Gives packages that Node loads itself (prompt-tsx calls require('vscode')) the shim that our own code gets by alias.
import { registerHooks } from 'node:module';

const shim = new URL('shim.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: shim, shortCircuit: true } : next(specifier, context),
});
