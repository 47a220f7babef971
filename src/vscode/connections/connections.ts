import * as vscode from 'vscode';
import type { Home } from '../../adapters/localRunner/home.ts';
import { type ConnectionId, thisMachine, thisMachineName } from '../../core/domain/connection.ts';
import { once } from '../once.ts';
import { homeFolder, sharedHome } from '../settings.ts';
import { settingValue } from '../settingValue.ts';
import {
  aboutKind,
  type ConfiguredCluster,
  type ConfiguredConnection,
  configuredConnections,
} from './configured.ts';
import { folderConnection } from './folderConnection.ts';
import { homeConnection } from './homeConnection.ts';
import { kubeflowConnection } from './kubeflowConnection.ts';
import { openHome } from './openHome.ts';
import { openWorkspace, type Workspace } from './openWorkspace.ts';
import type {
  ConnectionChange,
  ConnectionDeps,
  OpenConnection,
  OpenConnections,
  OpenRunConnection,
} from './openConnection.ts';

const activeKey = 'mlops.activeConnection';

/** This machine, and the connections of the setting `mlops.connections`. */
export function createConnections(deps: ConnectionDeps): OpenConnections {
  const connections = new WindowConnections(deps);
  deps.context.subscriptions.push(connections);
  return connections;
}

interface Opened {
  /** The setting's row as JSON. */
  readonly setting: string;
  readonly connection: OpenConnection;
  readonly close: () => void;
}

class WindowConnections implements OpenConnections, vscode.Disposable {
  readonly #deps: ConnectionDeps;
  readonly #runs = new vscode.EventEmitter<ConnectionChange>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #settings: vscode.Disposable;
  readonly #workspace: () => Promise<Workspace>;
  readonly #home: () => Promise<Home>;
  readonly #own: OpenRunConnection & vscode.Disposable;
  #configured: ReadonlyMap<ConnectionId, Opened> = new Map();

  readonly onDidChangeRuns = this.#runs.event;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    const info = {
      id: thisMachine,
      kind: 'thisMachine',
      name: machineName(),
      readOnly: false,
      about: aboutKind.thisMachine,
    } as const;
    // The settings count as they are when the home is opened.
    const own: ConfiguredConnection = {
      info,
      get folder() {
        return homeFolder();
      },
      get sharedHome() {
        return sharedHome();
      },
    };
    const home = once(() => openHome(own, deps.log));
    this.#home = home;
    this.#workspace = once(async () => openWorkspace(deps, await home()));
    this.#own = homeConnection(own, { ...deps, home, workspace: this.#workspace });
    this.#follow(this.#own);
    this.#read();
    this.#settings = vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('mlops.connections')) return;
      this.#read();
      this.#changed.fire();
    });
  }

  get all(): readonly OpenConnection[] {
    const all = [this.#own, ...[...this.#configured.values()].map(({ connection }) => connection)];
    const { active } = this;
    return [active, ...all.filter((other) => other !== active)];
  }

  get active(): OpenRunConnection {
    const id = this.#deps.context.workspaceState.get<unknown>(activeKey);
    const chosen = typeof id === 'string' ? this.#configured.get(id as ConnectionId)?.connection : undefined;
    return chosen !== undefined && hasRuns(chosen) ? chosen : this.#own;
  }

  get(id: ConnectionId): OpenConnection | undefined {
    return id === thisMachine ? this.#own : this.#configured.get(id)?.connection;
  }

  activate(id: ConnectionId): void {
    if (this.active.info.id === id || this.get(id)?.backend === undefined) return;
    void this.#deps.context.workspaceState.update(activeKey, id);
    this.#changed.fire();
  }

  onDidChange(listener: () => void): () => void {
    const subscription = this.#changed.event(listener);
    return () => void subscription.dispose();
  }

  dispose(): void {
    this.#settings.dispose();
    for (const { close } of this.#configured.values()) close();
    this.#own.dispose();
    this.#runs.dispose();
    this.#changed.dispose();
  }

  /** Opens connections that the setting added, and closes those that it removed. */
  #read(): void {
    const before = this.#configured;
    const { connections, problems } = configuredConnections(
      settingValue('connections', vscode.workspace)?.value,
    );
    for (const problem of problems) this.#deps.log.warn(problem);
    this.#configured = new Map(
      connections.map((configured) => {
        const { id } = configured.info;
        const known = before.get(id);
        return [id, known?.setting === JSON.stringify(configured) ? known : this.#opened(configured)];
      }),
    );
    for (const [id, opened] of before) if (this.#configured.get(id) !== opened) opened.close();
  }

  #opened(configured: ConfiguredConnection | ConfiguredCluster): Opened {
    const setting = JSON.stringify(configured);
    if ('endpoint' in configured) return this.#openedRuns(setting, this.#cluster(configured));
    if (configured.info.kind === 'folder')
      return { setting, connection: folderConnection(configured), close: () => undefined };
    const home = once(() => openHome(configured, this.#deps.log));
    const deps = { ...this.#deps, home, workspace: this.#workspace };
    return this.#openedRuns(setting, homeConnection(configured, deps));
  }

  #cluster(configured: ConfiguredCluster): OpenRunConnection & vscode.Disposable {
    const { log } = this.#deps;
    return kubeflowConnection(configured, { log, workspace: this.#workspace, home: this.#home });
  }

  #openedRuns(setting: string, connection: OpenRunConnection & vscode.Disposable): Opened {
    const following = this.#follow(connection);
    const close = () => {
      following.dispose();
      connection.dispose();
    };
    return { setting, connection, close };
  }

  #follow(connection: OpenConnection): vscode.Disposable {
    return connection.onDidChange((change) => this.#runs.fire({ connection, change }));
  }
}

function hasRuns(connection: OpenConnection): connection is OpenRunConnection {
  return connection.backend !== undefined;
}

/** The name of this machine. Over SSH, WSL or in a container it is the remote one, which is named. */
function machineName(): string {
  const known = ['ssh-remote', 'wsl', 'dev-container', 'attached-container'];
  const remote = vscode.env.remoteName ?? '';
  return known.includes(remote) ? `${thisMachineName} (${remote})` : thisMachineName;
}
