import type { GraphView } from '../store.ts';
import { Layouts } from './layouts.ts';

/** What the graph keeps, drawn again when it changes. */
export function graphView(draw: { readonly later: () => void; readonly atOnce: () => void }): GraphView {
  const layouts = new Layouts(draw.later);
  let focused: string | undefined;
  let zoom: number | undefined;
  return {
    layoutOf: (shown) => layouts.of(shown),
    focused: () => focused,
    focus(path) {
      focused = path;
      draw.later();
    },
    zoom: () => zoom,
    setZoom(next) {
      zoom = next;
      draw.atOnce();
    },
  };
}
