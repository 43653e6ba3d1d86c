import type { Inks } from '../chart-style.ts';
import { BOLD, textWidth } from '../text-width.ts';
import { corneredCurve, type Curve, endOf, type Point } from './curve.ts';
import type { GraphEdge, GraphLayout, GraphNode } from './graph-layout.ts';
import type { ColourOf } from './node-colours.ts';
import { DETAIL_SIZE, PADDING, TITLE_SIZE } from './node-words.ts';

/** What a drawing consists of, for whatever shows it. */
export type Shape =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly fill: string;
      /** Empty for none. */
      readonly stroke: string;
      readonly lineWidth: number;
      readonly isDashed: boolean;
    }
  | {
      readonly kind: 'words';
      readonly text: string;
      readonly x: number;
      /** Of the middle of the line. */
      readonly y: number;
      readonly size: number;
      readonly isBold: boolean;
      readonly align: 'left' | 'center' | 'right';
      readonly fill: string;
    }
  | { readonly kind: 'line'; readonly curve: Curve; readonly stroke: string; readonly lineWidth: number }
  /** Of an edge that comes from above. */
  | { readonly kind: 'head'; readonly at: Point; readonly fill: string };

/** What is to be pointed out of a node. */
export type NodeMark = 'differs' | 'removed';

export interface GraphLook {
  readonly inks: Inks;
  readonly colourOf: ColourOf;
  /** By the ids of nodes. */
  readonly marks: ReadonlyMap<string, NodeMark>;
}

const RADIUS = 5;
/** Of the head of an edge: half its width, and its length. */
export const HEAD = { half: 3.5, length: 6 } as const;
const TITLE_PLACE = 14;
const DETAIL_PLACE = 29;

/** What a drawing begins with: titles, the ground of open modules, and on it the lines. */
export function groundShapes({ titles, nodes, edges }: GraphLayout, look: GraphLook): Shape[] {
  const { inks } = look;
  const boxes = new Set(nodes.filter(({ isOpen }) => !isOpen).map(({ id }) => id));
  return [
    ...titles.map((title): Shape => ({
      ...{ kind: 'words', size: TITLE_SIZE, isBold: true, align: 'left', fill: inks.ink },
      ...title,
    })),
    ...nodes
      .filter(({ isOpen }) => isOpen)
      .map((node) => ({ ...boxOf(node), fill: inks.empty, stroke: '', lineWidth: 0, isDashed: false })),
    ...edges.flatMap((edge) => edgeShapes(edge, look, boxes)),
  ];
}

/** A node with its words; of a closed module with the colours of its layers. */
export function nodeShapes(node: GraphNode, look: GraphLook): Shape[] {
  const body = node.kind === 'module' ? moduleShapes(node, look) : layerShapes(node, look);
  return look.marks.get(node.id) === 'differs' ? [...body, ...differenceMark(node, look.inks)] : body;
}

/** @param boxes ids of the nodes at which lines end: at the edge of an open module they go on. */
function edgeShapes({ curve, to }: GraphEdge, { inks }: GraphLook, boxes: ReadonlySet<string>): Shape[] {
  const line: Shape = { kind: 'line', curve, stroke: inks.faint, lineWidth: 1.25 };
  return boxes.has(to) ? [line, { kind: 'head', at: endOf(curve), fill: inks.faint }] : [line];
}

function layerShapes(node: GraphNode, { inks, colourOf, marks }: GraphLook): Shape[] {
  const isRemoved = marks.get(node.id) === 'removed';
  const colour = isRemoved ? null : colourOf(node);
  const { fill, ink } = colour ?? {
    fill: isRemoved ? inks.background : inks.empty,
    ink: isRemoved ? inks.faint : inks.ink,
  };
  const edge = { stroke: colour ? '' : inks.faint, isDashed: isRemoved };
  return [
    { ...boxOf(node), fill, lineWidth: 1, ...edge },
    ...wordsOf(node, ink),
    ...(isRemoved ? crossOf(node, inks) : []),
  ];
}

function moduleShapes(node: GraphNode, look: GraphLook): Shape[] {
  const { inks, colourOf, marks } = look;
  const isRemoved = marks.get(node.id) === 'removed';
  const own = colourOf(node);
  const swatch: Shape[] = own ? [{ ...swatchOf(node), fill: own.fill }] : [];
  return [
    {
      ...boxOf(node),
      fill: node.isOpen ? 'none' : inks.empty,
      stroke: inks.faint,
      lineWidth: 1,
      isDashed: isRemoved,
    },
    ...wordsOf(node, inks.ink),
    ...swatch,
    ...(node.isOpen ? [] : stripOf(node, look)),
    ...(isRemoved ? crossOf(node, inks) : []),
  ];
}

type BoxShape = Extract<Shape, { kind: 'box' }>;

function boxOf({
  x,
  y,
  width,
  height,
}: GraphNode): Omit<BoxShape, 'fill' | 'stroke' | 'lineWidth' | 'isDashed'> {
  return { kind: 'box', x, y, width, height, radius: RADIUS };
}

function wordsOf(node: GraphNode, fill: string): Shape[] {
  const { title, operation, output, cost } = node.words;
  const [left, right] = [node.x + PADDING, node.x + node.width - PADDING];
  const line = (text: string, align: 'left' | 'right', place: number, isBold = false): Shape[] =>
    text === ''
      ? []
      : [
          {
            ...{ kind: 'words', text, align, isBold, fill, y: node.y + place },
            ...{ x: align === 'left' ? left : right, size: isBold ? TITLE_SIZE : DETAIL_SIZE },
          },
        ];
  if (node.kind === 'bypass') return line(title, 'left', node.height / 2);
  return [
    ...line(title, 'left', TITLE_PLACE, true),
    ...line(operation, 'right', TITLE_PLACE),
    ...(node.isOpen ? [] : line(output, 'left', DETAIL_PLACE)),
    ...(node.isOpen ? [] : line(cost, 'right', DETAIL_PLACE)),
  ];
}

/** The colours of the layers of a closed module, in their order, where its number or role is known of any. */
function stripOf(node: GraphNode, { inks, colourOf }: GraphLook): Shape[] {
  const { layers } = node.block;
  const width = (node.width - 2 * PADDING) / layers.length;
  return layers.map((drawn, place): Shape => {
    const colour = colourOf({ side: node.side, name: drawn.layer.name, kind: 'layer', drawn });
    return {
      ...{ kind: 'box', x: node.x + PADDING + place * width, y: node.y + node.height - 13 },
      ...{ width: width - 2, height: 7, radius: 1.5, lineWidth: 0.75, isDashed: false },
      ...{ fill: colour?.fill ?? inks.empty, stroke: colour ? '' : inks.faint },
    };
  });
}

/** Behind the name of a module, of which something is known as a whole. */
function swatchOf({ x, y, words }: GraphNode): Omit<BoxShape, 'fill'> {
  const after = x + PADDING + BOLD * textWidth(words.title, TITLE_SIZE) + 5;
  return {
    ...{ kind: 'box', x: after, y: y + TITLE_PLACE - 5, width: 10, height: 10 },
    ...{ radius: 2, stroke: '', lineWidth: 0, isDashed: false },
  };
}

/** A sign at the upper right corner, and a line around. */
function differenceMark(node: GraphNode, { ink, background }: Inks): Shape[] {
  const [x, y] = [node.x + node.width, node.y];
  return [
    { ...boxOf(node), fill: 'none', stroke: ink, lineWidth: 2, isDashed: false },
    {
      kind: 'box',
      x: x - 9,
      y: y - 7,
      width: 16,
      height: 14,
      radius: 7,
      fill: ink,
      stroke: background,
      lineWidth: 1,
      isDashed: false,
    },
    {
      kind: 'words',
      text: '≠',
      x: x - 1,
      y,
      size: DETAIL_SIZE,
      isBold: true,
      align: 'center',
      fill: background,
    },
  ];
}

function crossOf({ x, y, width, height }: GraphNode, { ink }: Inks): Shape[] {
  const size = Math.min(9, height / 2 - 4);
  const [centreX, centreY] = [x + width / 2, y + height / 2];
  return [-1, 1].map((turn) => ({
    ...{ kind: 'line', stroke: ink, lineWidth: 2.5 },
    curve: corneredCurve(
      [
        [centreX - size, centreY - turn * size],
        [centreX + size, centreY + turn * size],
      ],
      0,
    ),
  }));
}
