const colors = ['blue', 'orange', 'green', 'red', 'purple', 'yellow'];
const dashes = ['none', '7 3', '2 3', '9 3 2 3'];

/** How the curve of that number is drawn: colours alone do not tell curves apart for everyone. */
export function curveLook(index: number): { readonly stroke: string; readonly strokeDasharray: string } {
  return {
    stroke: `var(--vscode-charts-${colors[index % colors.length]}, currentColor)`,
    strokeDasharray: dashes[index % dashes.length] ?? 'none',
  };
}
