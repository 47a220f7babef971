import type { Layout } from './layoutTypes.ts';

const least = 0.1;
const most = 2;
/** A graph that is larger than the panel begins at a size at which its words can be read. */
const readable = 0.6;
/** Borders, margins and a scrollbar. */
const around = 32;

/** A size within bounds. */
export function bounded(zoom: number): number {
  return Math.min(most, Math.max(least, zoom));
}

/** The size at which all of a graph is seen. */
export function fitting(
  { width, height }: Layout,
  within: { readonly width: number; readonly height: number },
): number {
  return bounded(
    Math.min(1, (within.width - around) / Math.max(1, width), (within.height - around) / Math.max(1, height)),
  );
}

/** The size at which a graph is shown first. */
export function firstZoom({ width }: Layout, within: { readonly width: number }): number {
  return Math.max(readable, Math.min(1, (within.width - around) / Math.max(1, width)));
}

/** Shows a graph at another size, so that the point under the pointer (or the middle) stays where it is. */
export function zoomAround(
  scroller: HTMLElement,
  {
    from,
    to,
    at,
  }: { readonly from: number; readonly to: number; readonly at?: { readonly x: number; readonly y: number } },
  apply: () => void,
): void {
  const box = scroller.getBoundingClientRect();
  const x = at === undefined ? scroller.clientWidth / 2 : at.x - box.left;
  const y = at === undefined ? scroller.clientHeight / 2 : at.y - box.top;
  const [left, top] = [(scroller.scrollLeft + x) / from, (scroller.scrollTop + y) / from];
  apply();
  scroller.scrollLeft = left * to - x;
  scroller.scrollTop = top * to - y;
}

/** Moves what is scrolled along with the pointer, from a press beside the nodes until its end. */
export function drag(event: PointerEvent): void {
  const scroller = event.currentTarget;
  if (!(scroller instanceof HTMLElement) || event.button !== 0 || onButton(event.target)) return;
  const start = { x: event.clientX + scroller.scrollLeft, y: event.clientY + scroller.scrollTop };
  const move = ({ clientX, clientY }: PointerEvent) => {
    scroller.scrollLeft = start.x - clientX;
    scroller.scrollTop = start.y - clientY;
  };
  const end = () => {
    scroller.removeEventListener('pointermove', move);
    scroller.classList.remove('dragged');
  };
  scroller.classList.add('dragged');
  scroller.addEventListener('pointermove', move);
  scroller.addEventListener('lostpointercapture', end, { once: true });
  scroller.setPointerCapture(event.pointerId);
}

function onButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
