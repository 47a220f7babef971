/** A box to be placed: a task, or a group with what is in it. */
export interface LayoutBox {
  readonly id: string;
  readonly children: readonly LayoutBox[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

/** A box with its place in the whole picture, in pixels. */
export interface PlacedBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge extends LayoutEdge {
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A whole picture. Groups come before what is in them. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

/** Where the boxes of the graph that is shown are; undefined while that is worked out, `none` where it took too long. */
export type LayoutState = Layout | 'none' | undefined;

/** The size of a task, and of the head of a group with its least width. */
export const boxSize = { width: 200, height: 48, head: 34, padding: 12, group: 250 };
