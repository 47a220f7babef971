import * as vscode from 'vscode';
import type { Problem } from './problems.ts';

/** The problems of one file for the editor, each at the code of its line. */
export function diagnosticsOf(problems: readonly Problem[], text: string | undefined): vscode.Diagnostic[] {
  const lines = text?.split('\n') ?? [];
  return problems.map(({ line, message }) => {
    const diagnostic = new vscode.Diagnostic(lineRange(line, lines[line - 1] ?? ''), message);
    diagnostic.source = 'MLOps';
    return diagnostic;
  });
}

/** A line without the white space around it; `line` counts from 1. */
export function lineRange(line: number, text: string): vscode.Range {
  const indent = text.length - text.trimStart().length;
  return new vscode.Range(line - 1, indent, line - 1, Math.max(indent, text.trimEnd().length));
}
