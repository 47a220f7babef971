import os from 'node:os';
import path from 'node:path';

/** Where this machine's runs, environments and objects are kept, as the extension finds it (without its setting). */
export function mlopsHome(env = process.env) {
  if (env.MLOPS_HOME) return env.MLOPS_HOME;
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'mlops-chat');
  if (process.platform === 'win32') {
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'mlops-chat');
  }
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'mlops-chat');
}
