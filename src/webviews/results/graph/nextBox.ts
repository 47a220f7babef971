import { boxSize, type PlacedBox } from './layoutTypes.ts';

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** True for a key that moves the focus. */
export function isDirection(key: string): key is Direction {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

/**
 * The nearest box in a direction: what lies straight ahead counts more than what lies aside. Down from a group leads into it, and up
 * from the first in it leads to it; what is in the same group comes before what is outside.
 */
export function nextBox(boxes: readonly PlacedBox[], from: string, direction: Direction): string | undefined {
  const start = boxes.find(({ id }) => id === from);
  if (start === undefined) return boxes[0]?.id;
  const within = direction === 'ArrowDown' ? boxes.filter((box) => holds(start, box)) : [];
  if (within.length > 0) return nearest(within, start, direction, 0.5);
  const group = boxes.findLast((box) => holds(box, start));
  const beside = group === undefined ? [] : boxes.filter((box) => holds(group, box));
  return (
    nearest(beside, start, direction) ??
    (direction === 'ArrowUp' ? group?.id : undefined) ??
    nearest(boxes, start, direction)
  );
}

function holds(group: PlacedBox, box: PlacedBox): boolean {
  return (
    group.id !== box.id &&
    group.x <= box.x &&
    group.y <= box.y &&
    box.x + box.width <= group.x + group.width &&
    box.y + box.height <= group.y + group.height
  );
}

/** `byAside` is how much a pixel aside counts. */
function nearest(
  boxes: readonly PlacedBox[],
  start: PlacedBox,
  direction: Direction,
  byAside = 3,
): string | undefined {
  const [x, y] = middle(start);
  let best: { readonly id: string; readonly far: number } | undefined;
  for (const box of boxes) {
    const [otherX, otherY] = middle(box);
    const [ahead, aside] = seen(otherX - x, otherY - y, direction);
    // Boxes of one row differ by their heights.
    if (box.id === start.id || ahead <= 4) continue;
    const far = ahead + byAside * Math.abs(aside);
    if (best === undefined || far < best.far) best = { id: box.id, far };
  }
  return best?.id;
}

/** The middle of a task, and of the head of a group. */
function middle({ x, y, width, height }: PlacedBox): readonly [number, number] {
  return [x + width / 2, y + Math.min(height, boxSize.head) / 2];
}

/** How far something lies ahead, and how far aside. */
function seen(right: number, down: number, direction: Direction): readonly [number, number] {
  switch (direction) {
    case 'ArrowUp':
      return [-down, right];
    case 'ArrowDown':
      return [down, right];
    case 'ArrowLeft':
      return [-right, down];
    case 'ArrowRight':
      return [right, down];
  }
}
