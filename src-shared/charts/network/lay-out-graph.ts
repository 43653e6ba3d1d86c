import type { DrawnBlock } from '../../networks/lay-out-network.ts';
import { fittingText } from '../text-width.ts';
import { type Curve, corneredCurve, movedCurve, type Point, smoothCurve } from './curve.ts';
import {
  type GraphEdge,
  type GraphLayout,
  type GraphNode,
  type GraphRow,
  type GraphSubject,
  nodeId,
  type Side,
} from './graph-layout.ts';
import { isModule, layOutBlock, type PlacedBlock, readsOf } from './lay-out-module.ts';
import { BYPASS_WORDS, layerNodeWords, moduleNodeWords, TITLE_SIZE, wordsWidth } from './node-words.ts';

export interface GraphRequest {
  readonly left: GraphSubject;
  readonly right?: GraphSubject | null;
  readonly rows: readonly GraphRow[];
  /** Whether a module shows its layers. */
  readonly isOpen: (block: DrawnBlock) => boolean;
  /** How many columns the rows are split into, each as high as the others; one if left out. */
  readonly columns?: number;
}

/** Between rows, between both networks, between columns, and from lines to what they pass. */
const ROW_GAP = 26;
const SIDE_GAP = 44;
const COLUMN_GAP = 44;
/** Of a line beside the blocks that it passes. */
const LANE = 11;
const CORNER = 7;
const TITLE_HEIGHT = 34;

/**
 * A network from top to bottom, a row for each module and for each layer that stands alone; or two, of which the blocks of
 * one row stand side by side. What is in an open module is laid out by dagre; where the rows stand follows from their heights, so
 * that opening a module moves only what is below it.
 */
export function layOutGraph(request: GraphRequest): GraphLayout {
  const { left, right = null, rows, columns = 1 } = request;
  const nodeWidth = widestBox([...left.blocks, ...(right?.blocks ?? [])]);
  const sides: readonly (readonly [Side, GraphSubject])[] = [
    ['left', left],
    ...(right ? [['right', right] as const] : []),
  ];
  const placed = new Map<DrawnBlock, PlacedBlock>();
  for (const [, { blocks, branches }] of sides) {
    const readOutside = new Set(blocks.flatMap(readsOf));
    for (const block of blocks) {
      const isOpen = request.isOpen(block);
      placed.set(block, layOutBlock(block, { nodeWidth, isOpen, branches, readOutside }));
    }
  }
  const reach = (of: (block: PlacedBlock) => number): number =>
    Math.max(...[...placed.values()].map((block) => of(block)));
  const before = reach(axisOf);
  const sideWidth = before + reach((block) => block.width - axisOf(block));
  const columnWidth = sides.length * sideWidth + (sides.length - 1) * SIDE_GAP;
  const heights = rows.map((row) => Math.max(...sides.map(([side]) => heightOf(row[side], placed))));
  const places = placeRows(heights, columns, right ? TITLE_HEIGHT : 0);
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (const [number, [side, { blocks }]] of sides.entries()) {
    const rowOf = new Map(rows.flatMap((row, at) => (row[side] ? [[row[side], at] as const] : [])));
    const siteOf = (block: DrawnBlock): Site => {
      const at = places[rowOf.get(block) ?? 0] ?? { column: 0, top: 0, bottom: 0 };
      const from = at.column * (columnWidth + COLUMN_GAP);
      const own = placed.get(block) ?? EMPTY;
      const axis = from + number * (sideWidth + SIDE_GAP) + before;
      const sideStart = from + number * (sideWidth + SIDE_GAP);
      const share = (number + 1) / (sides.length + 1);
      return { ...at, own, x: axis - axisOf(own), sideStart, columnStart: from, share };
    };
    for (const [place, block] of blocks.entries()) {
      const site = siteOf(block);
      nodes.push(...nodesOf(block, side, site));
      edges.push(...insideEdges(side, site));
      for (const source of readsOf(block)) {
        const from = blocks.findIndex(({ layers }) => layers.some(({ layer }) => layer.name === source));
        const giver = blocks[from];
        if (giver === undefined) continue;
        const curve = curveBetween(siteOf(giver), site, source, from === place - 1);
        edges.push({ side, from: nodeId(side, giver.name), to: nodeId(side, block.name), curve });
      }
    }
  }
  const used = Math.max(...places.map(({ column }) => column)) + 1;
  return {
    width: used * columnWidth + (used - 1) * COLUMN_GAP,
    height: Math.max(...places.map(({ bottom }) => bottom)),
    titles: right
      ? Array.from({ length: used }, (_, column) =>
          sides.map(([, { title }], number) => ({
            text: fittingText(titlesOf(title, sides[1 - number]?.[1].title ?? ''), TITLE_SIZE, sideWidth),
            x: column * (columnWidth + COLUMN_GAP) + number * (sideWidth + SIDE_GAP),
            y: TITLE_SIZE / 2,
          })),
        ).flat()
      : [],
    nodes,
    edges,
  };
}

/** What a network is called, the shortest last: where both are of one study its name tells nothing. */
function titlesOf(title: string, other: string): string[] {
  const study = /^.+?: /.exec(title)?.[0] ?? '';
  return study !== '' && other.startsWith(study) ? [title, title.slice(study.length)] : [title];
}

/** Where a block stands in the drawing. */
interface Site extends RowPlace {
  readonly own: PlacedBlock;
  /** Of its left side. */
  readonly x: number;
  /** The left side of its network in its column, and of the column. */
  readonly sideStart: number;
  readonly columnStart: number;
  /** Of a gap, where lines run in it. */
  readonly share: number;
}

interface RowPlace {
  readonly column: number;
  readonly top: number;
  readonly bottom: number;
}

const EMPTY: PlacedBlock = {
  width: 0,
  height: 0,
  entries: new Map(),
  exits: new Map(),
  nodes: [],
  edges: [],
};

function widestBox(blocks: readonly DrawnBlock[]): number {
  const words = blocks.flatMap((block) => [
    ...block.layers.map(layerNodeWords),
    ...(isModule(block) ? [moduleNodeWords(block)] : []),
  ]);
  return Math.ceil(Math.max(wordsWidth(BYPASS_WORDS), ...words.map(wordsWidth)));
}

/** From the left side of a block to the line on which the blocks of a network stand: that by which it is entered. */
function axisOf({ entries, exits, width }: PlacedBlock): number {
  const [entry] = entries.values();
  const [exit] = exits.values();
  return entry ?? exit ?? width / 2;
}

function heightOf(block: DrawnBlock | null, placed: ReadonlyMap<DrawnBlock, PlacedBlock>): number {
  return block ? (placed.get(block)?.height ?? 0) : 0;
}

/** Rows one below the other, in columns that are about as high as each other. */
function placeRows(heights: readonly number[], columns: number, first: number): RowPlace[] {
  const whole = heights.reduce((sum, height) => sum + height + ROW_GAP, 0);
  const most = whole / columns;
  let column = 0;
  let top = first;
  return heights.map((height) => {
    // the middle of a row decides in which column it is
    if (column < columns - 1 && top > first && top - first + height / 2 > most)
      [column, top] = [column + 1, first];
    const place = { column, top, bottom: top + height };
    top += height + ROW_GAP;
    return place;
  });
}

function nodesOf(block: DrawnBlock, side: Side, { own, x, top }: Site): GraphNode[] {
  return own.nodes.map((node) => ({
    ...node,
    ...{ id: nodeId(side, node.name), side, block },
    ...{ x: x + node.x, y: top + node.y },
  }));
}

function insideEdges(side: Side, { own, x, top }: Site): GraphEdge[] {
  return own.edges.map(({ from, to, curve }) => ({
    ...{ side, from: nodeId(side, from), to: nodeId(side, to) },
    curve: movedCurve(curve, [x, top]),
  }));
}

/** Straight down to the next block; around the blocks between, or into the next column, through the gaps. */
function curveBetween(from: Site, to: Site, source: string, isNext: boolean): Curve {
  const start: Point = [from.x + (from.own.exits.get(source) ?? 0), from.top + from.own.height];
  const end: Point = [to.x + (to.own.entries.get(source) ?? 0), to.top];
  const isBelow = from.column === to.column;
  if (isNext && isBelow) return smoothCurve([start, end]);
  // lines of both networks that go into the next column neither cross nor lie on each other
  const below = from.bottom + (1 - to.share) * ROW_GAP;
  const above = to.top - to.share * ROW_GAP;
  const lane = isBelow ? to.sideStart - LANE : to.columnStart - to.share * COLUMN_GAP;
  return corneredCurve(
    [start, [start[0], below], [lane, below], [lane, above], [end[0], above], end],
    CORNER,
  );
}
