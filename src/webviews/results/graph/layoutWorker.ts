import { layoutGraph } from './layoutGraph.ts';
import type { LayoutBox } from './layoutTypes.ts';

/** Beside the page, so that a large graph does not stop it. */
self.addEventListener('message', ({ data }: MessageEvent<Pick<LayoutBox, 'children' | 'edges'>>) => {
  self.postMessage(layoutGraph(data));
});
