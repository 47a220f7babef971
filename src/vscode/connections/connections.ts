import * as vscode from 'vscode';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { Contact } from '../../core/connections/contact.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import { type ConnectionId, thisMachine, thisMachineName } from '../../core/domain/connection.ts';
import { once } from '../once.ts';
import { homeFolder, sharedHome } from '../settings.ts';
import { type AllowedConnections, allowedConnections } from './allowedConnections.ts';
import { isStoreOf } from './clusterObjects.ts';
import { type ConfiguredCluster, contactOf } from './clusterRow.ts';
import { aboutKind, type Configured, type ConfiguredConnection } from './configured.ts';
import { connectionRows } from './connectionRows.ts';
import { connectionOfSecret } from './credentialStore.ts';
import { folderConnection } from './folderConnection.ts';
import { homeConnection } from './homeConnection.ts';
import { kubeflowConnection } from './kubeflowConnection.ts';
import { openHome } from './openHome.ts';
import { openWorkspace, type Workspace } from './openWorkspace.ts';
import { s3Connection } from './s3Connection.ts';
import { waitingConnection } from './waitingConnection.ts';
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
  /** True until somebody allows it. */
  readonly waits: boolean;
  readonly connection: OpenConnection;
  readonly close: () => void;
}

class WindowConnections implements OpenConnections, vscode.Disposable {
  readonly #deps: ConnectionDeps;
  readonly #runs = new vscode.EventEmitter<ConnectionChange>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #allowed: AllowedConnections;
  readonly #changes: vscode.Disposable;
  readonly #workspace: () => Promise<Workspace>;
  readonly #home: () => Promise<Home>;
  readonly #own: OpenRunConnection & vscode.Disposable;
  /** Those of the workspace that are no longer what was allowed. */
  readonly #withdrawn = new Set<ConnectionId>();
  #configured: ReadonlyMap<ConnectionId, Opened> = new Map();

  readonly onDidChangeRuns = this.#runs.event;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#allowed = allowedConnections(deps.context.workspaceState);
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
    this.#changes = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('mlops.connections')) this.#reread();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#reread()),
      deps.context.secrets.onDidChange(({ key }) => {
        const id = connectionOfSecret(key);
        if (id !== undefined) this.#reopen(id);
      }),
    );
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

  allow(id: ConnectionId, contact: Contact, reach?: KubeReach): void {
    this.#allowed.allow(id, contact, reach);
    this.#withdrawn.delete(id);
    this.#reread();
  }

  onDidChange(listener: () => void): () => void {
    const subscription = this.#changed.event(listener);
    return () => void subscription.dispose();
  }

  dispose(): void {
    this.#changes.dispose();
    for (const { close } of this.#configured.values()) close();
    this.#own.dispose();
    this.#runs.dispose();
    this.#changed.dispose();
  }

  /** Opens connections that the setting added, and closes those that it removed. */
  #read(): void {
    const before = this.#configured;
    const { connections, problems } = connectionRows(vscode.workspace);
    for (const problem of problems) this.#deps.log.warn(problem);
    this.#configured = new Map(
      connections.map((configured) => {
        const { id } = configured.info;
        const known = before.get(id);
        const waits = this.#waits(configured);
        const setting = settingOf(configured, connections);
        const isKnown = known?.setting === setting && known.waits === waits;
        return [id, isKnown ? known : { ...this.#opened(configured, waits), setting, waits }];
      }),
    );
    for (const [id, opened] of before) if (this.#configured.get(id) !== opened) opened.close();
  }

  #reread(): void {
    this.#read();
    this.#changed.fire();
  }

  /** Begins anew with a connection whose credential has changed, and with those whose artifacts are there. */
  #reopen(id: ConnectionId): void {
    const opened = this.#configured.get(id);
    if (opened === undefined) return;
    const { info } = opened.connection;
    const isMeant = ({ connection }: Opened) =>
      connection.info.id === id || isStoreOf(info, connection.cluster?.storeName);
    const meant = [...this.#configured.values()].filter(isMeant);
    this.#configured = new Map([...this.#configured].filter(([, other]) => !isMeant(other)));
    for (const { close } of meant) close();
    this.#reread();
  }

  #waits(configured: Configured): boolean {
    if (!('endpoint' in configured) || configured.fromWorkspace !== true) return false;
    return !this.#allowed.has(configured.info.id, contactOf(configured));
  }

  #opened(configured: Configured, waits: boolean): Pick<Opened, 'connection' | 'close'> {
    const close = () => undefined;
    if ('endpoint' in configured) {
      if (waits)
        return {
          connection: waitingConnection(configured, this.#withdrawn.has(configured.info.id)),
          close,
        };
      return this.#openedRuns(this.#cluster(configured));
    }
    if ('store' in configured) return { connection: s3Connection(configured, this.#deps.credentials), close };
    if (configured.info.kind === 'folder') return { connection: folderConnection(configured), close };
    const home = once(() => openHome(configured, this.#deps.log));
    const deps = { ...this.#deps, home, workspace: this.#workspace };
    return this.#openedRuns(homeConnection(configured, deps));
  }

  #cluster(configured: ConfiguredCluster): OpenRunConnection & vscode.Disposable {
    const { log, credentials, shownViews } = this.#deps;
    const others = () => [...this.#configured.values()].map(({ connection }) => connection);
    const deps = { log, credentials, workspace: this.#workspace, home: this.#home, others, shownViews };
    const { id } = configured.info;
    const leadsTo = (reach: KubeReach) => {
      const isAllowed = this.#allowed.leadsTo(id, reach);
      if (!isAllowed) this.#withdraw(id);
      return isAllowed;
    };
    return kubeflowConnection(configured, configured.fromWorkspace === true ? { ...deps, leadsTo } : deps);
  }

  /** A connection of the workspace waits again. */
  #withdraw(id: ConnectionId): void {
    this.#allowed.withdraw(id);
    this.#withdrawn.add(id);
    this.#reread();
  }

  #openedRuns(connection: OpenRunConnection & vscode.Disposable): Pick<Opened, 'connection' | 'close'> {
    const following = this.#follow(connection);
    const close = () => {
      following.dispose();
      connection.dispose();
    };
    return { connection, close };
  }

  #follow(connection: OpenConnection): vscode.Disposable {
    return connection.onDidChange((change) => this.#runs.fire({ connection, change }));
  }
}

/** What a connection is opened by: its row, and that of the store that it names. */
function settingOf(configured: Configured, all: readonly Configured[]): string {
  const storeName = 'storeName' in configured ? configured.storeName : undefined;
  return JSON.stringify([configured, all.find(({ info }) => isStoreOf(info, storeName))]);
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
