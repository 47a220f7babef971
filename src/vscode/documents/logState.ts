import * as vscode from 'vscode';
import type { FollowedLog, LogState } from './followedLog.ts';

/** For the `when` clauses of the buttons above a log. */
const contextKey = 'mlops.log';

/** Shows whether the log in front is followed: in the status bar and in the buttons above it. */
export class LogStateView {
  readonly #item = vscode.window.createStatusBarItem('mlops.log', vscode.StatusBarAlignment.Right, 110);
  readonly #logOf: (uri: vscode.Uri) => FollowedLog | undefined;
  #said = '';

  constructor(logOf: (uri: vscode.Uri) => FollowedLog | undefined) {
    this.#logOf = logOf;
    this.#item.name = 'MLOps: log';
  }

  /** Updates the state of the log in front. */
  refresh(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const log = uri === undefined ? undefined : this.#logOf(uri);
    const state = log === undefined ? '' : `${log.state} ${log.task}`;
    if (state === this.#said) return;
    this.#said = state;
    void vscode.commands.executeCommand('setContext', contextKey, log?.state);
    if (log === undefined || log.state === 'ended') this.#item.hide();
    else this.#show(log.state, log.task);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(state: Exclude<LogState, 'ended'>, task: string): void {
    const { text, tooltip, command } = looks[state];
    this.#item.text = text;
    this.#item.tooltip = `${task}: ${tooltip}`;
    this.#item.command = command;
    this.#item.accessibilityInformation = { label: `Log of ${task}, ${state}`, role: 'button' };
    this.#item.show();
  }
}

const looks = {
  following: {
    text: '$(pinned) Following',
    tooltip: 'the end stays in sight. Click, scroll up or move the cursor up to pause.',
    command: 'mlops.pauseLog',
  },
  paused: {
    text: '$(debug-pause) Log paused',
    tooltip: 'nothing moves. Click, or go to the end, to follow again.',
    command: 'mlops.resumeLog',
  },
} as const;
