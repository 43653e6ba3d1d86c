import type { Point } from './curve.ts';
import { type DagrePoint, Graph, layout } from './dagre.ts';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  /** How much straighter it should be than others. */
  readonly weight: number;
}

export interface Arrangement {
  readonly width: number;
  /** The middle of each box, by its id. */
  readonly middles: ReadonlyMap<string, Point>;
  /** Of each link in their order the points past which it goes, between boxes that it is not of. */
  readonly passes: readonly (readonly Point[])[];
}

/** By what was arranged: the modules of a network are mostly alike, and are arranged again with each that opens. */
const known = new Map<string, Arrangement>();
const MOST_KNOWN = 500;

/** Of the lines between boxes, from the boxes and from each other. */
const GAP = 16;
const RANK_GAP = 24;

/** Boxes from top to bottom along their links, without overlaps, by dagre. */
export function arrangeBoxes(boxes: readonly Box[], links: readonly Link[]): Arrangement {
  const place = new Map(boxes.map(({ id }, at) => [id, at]));
  const key = JSON.stringify([
    boxes.map(({ width, height }) => [width, height]),
    links.map(({ from, to, weight }) => [place.get(from), place.get(to), weight]),
  ]);
  const numbered = known.get(key) ?? byNumber(boxes, links, place);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, numbered);
  const middles = boxes.map(({ id }, at) => [id, numbered.middles.get(String(at)) ?? [0, 0]] as const);
  return { ...numbered, middles: new Map<string, Point>(middles) };
}

/** With the numbers of the boxes as their ids. */
function byNumber(
  boxes: readonly Box[],
  links: readonly Link[],
  place: ReadonlyMap<string, number>,
): Arrangement {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: GAP, edgesep: GAP, ranksep: RANK_GAP });
  for (const [at, { width, height }] of boxes.entries()) graph.setNode(String(at), { width, height });
  for (const { from, to, weight } of links)
    graph.setEdge(String(place.get(from)), String(place.get(to)), { weight });
  layout(graph);
  const { width = 0 } = graph.graph();
  const middles = boxes.map((_, at) => {
    const { x, y } = graph.node(String(at));
    return [String(at), [x, y]] as const;
  });
  /** Of the highest box of each rank. */
  const heights = new Map<number, number>();
  for (const [at, [, [, y]]] of middles.entries())
    heights.set(Math.round(y), Math.max(heights.get(Math.round(y)) ?? 0, boxes[at]?.height ?? 0));
  // past the boxes of a rank a line goes straight down; it bends between the ranks
  const past = ({ x, y }: DagrePoint): Point[] => {
    const height = heights.get(Math.round(y));
    if (height === undefined) return [];
    return [
      [x, y - height / 2],
      [x, y + height / 2],
    ];
  };
  const passes = links.map(({ from, to }) => {
    const { points = [] } = graph.edge(String(place.get(from)), String(place.get(to)));
    // the first and the last are where the line meets its own boxes
    return points.slice(1, -1).flatMap(past);
  });
  return { width, middles: new Map<string, Point>(middles), passes };
}
