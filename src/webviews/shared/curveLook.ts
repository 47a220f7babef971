const colors = ['blue', 'orange', 'green', 'red', 'purple', 'yellow'];
const dashes = ['none', '7 3', '2 3', '9 3 2 3'];

/** The look of the curve with this number: dashes as well as colours, since not everyone can distinguish colours. */
export function curveLook(index: number): { readonly stroke: string; readonly strokeDasharray: string } {
  return {
    stroke: `var(--vscode-charts-${colors[index % colors.length]}, currentColor)`,
    strokeDasharray: dashes[index % dashes.length] ?? 'none',
  };
}
