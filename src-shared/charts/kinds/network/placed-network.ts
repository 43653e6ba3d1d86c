import { type ChartStyle, inksOf } from '../../chart-style.ts';
import { heading, type Heading } from '../../heading.ts';
import { type GraphLook, groundShapes, nodeShapes, type Shape } from '../../network/draw-graph.ts';
import type { GraphLayout } from '../../network/graph-layout.ts';
import { layOutGraph } from '../../network/lay-out-graph.ts';
import { roleLegend, scaleLegend } from '../../network/legend-shapes.ts';
import { roleColours, valueColours } from '../../network/node-colours.ts';
import { DETAIL_SIZE } from '../../network/node-words.ts';
import type { NetworkData } from './data.ts';

/** Shapes in their place in a chart, in units of their own. */
export interface PlacedShapes {
  readonly shapes: readonly Shape[];
  /** Units of the chart for one of theirs. */
  readonly scale: number;
  /** Of the corner from which they count, in units of the chart. */
  readonly left: number;
  readonly top: number;
}

export interface PlacedNetwork {
  readonly head: Heading;
  /** The legend, and below it the drawing. */
  readonly parts: readonly PlacedShapes[];
  /** Of the whole chart. */
  readonly height: number;
}

const MOST_COLUMNS = 8;
/** Of the words of a network, in font sizes of the chart: below it they are smaller than what stands around. */
const WORDS = 0.85;
/** Below so many font sizes words are hard to read on paper. */
const READABLE = 0.6;
/** Of the drawing: on a page of a paper, in points. */
const MOST_HEIGHT = 680;
const GAP = 8;

/**
 * The drawing in as many columns as show it with words of the chart's size on a page, or as large as can be. Its height is what it
 * needs.
 */
export function placedNetwork(data: NetworkData, style: ChartStyle): PlacedNetwork {
  const { fontSize, width } = style;
  const room = width - fontSize;
  const ofLegend = wordScale(style);
  const { layout, scale } = bestLayout(data, room, ofLegend);
  const inks = inksOf(style);
  const colours = data.values ? valueColours(data.values, [], style) : null;
  const look: GraphLook = {
    inks,
    colourOf: colours?.colourOf ?? roleColours(style.theme),
    marks: new Map(),
  };
  const blocks = [data.left, data.right].flatMap((subject) => subject?.blocks ?? []);
  const legend = colours
    ? scaleLegend(colours.scale, inks, style)
    : roleLegend(blocks, look.colourOf, inks, room / ofLegend);
  const isSmall = scale * DETAIL_SIZE < READABLE * fontSize;
  const head = heading(style, [...data.notes, isSmall ? SMALL : ''], []);
  const below = head.height + legend.height * ofLegend + GAP;
  const left = fontSize / 2;
  return {
    head,
    parts: [
      // the least tick stands at the beginning of the bar
      { shapes: legend.shapes, scale: ofLegend, left: colours ? 2 * left : left, top: head.height },
      {
        shapes: [...groundShapes(layout, look), ...layout.nodes.flatMap((node) => nodeShapes(node, look))],
        ...{ scale, left, top: below },
      },
    ],
    height: Math.ceil(below + layout.height * scale + GAP),
  };
}

const SMALL = 'small words: a wider figure, fewer cells or closed modules have larger ones';

interface PlacedLayout {
  readonly layout: GraphLayout;
  readonly scale: number;
}

/** @param usual units of the chart for one of the drawing, where there is room */
function bestLayout({ left, right, rows, isClosed }: NetworkData, room: number, usual: number): PlacedLayout {
  const inColumns = (columns: number): PlacedLayout => {
    const layout = layOutGraph({ left, right, rows, isOpen: () => !isClosed, columns });
    return { layout, scale: Math.min(usual, room / layout.width) };
  };
  const one = inColumns(1);
  let [columns, tried] = [1, one];
  while (tried.layout.height * tried.scale > MOST_HEIGHT) {
    if (columns === MOST_COLUMNS) return one;
    columns += 1;
    tried = inColumns(columns);
  }
  return tried;
}

/** At which the words of a drawing are as large as those of the chart. */
function wordScale({ fontSize }: ChartStyle): number {
  return (WORDS * fontSize) / DETAIL_SIZE;
}
