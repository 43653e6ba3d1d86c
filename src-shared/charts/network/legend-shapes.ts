import { roleNamed } from '../../networks/families.ts';
import type { DrawnBlock } from '../../networks/lay-out-network.ts';
import type { Role } from '../../networks/role.ts';
import type { Inks } from '../chart-style.ts';
import type { ColourScale } from '../colour-bar.ts';
import { type ColourChoice, colourAmong, mapStops } from '../palette.ts';
import { textWidth } from '../text-width.ts';
import type { Shape } from './draw-graph.ts';
import { type ColourOf, hasRoleColour } from './node-colours.ts';
import { DETAIL_SIZE, TITLE_SIZE } from './node-words.ts';

/** What the colours stand for, from 0 down, and how high that is. */
export interface LegendShapes {
  readonly shapes: readonly Shape[];
  readonly height: number;
}

const SWATCH = 11;
const GAP = 16;
const LINE = 18;
const BAR = { width: 260, height: 12 } as const;
/** So many strips look like one bar. */
const STRIPS = 65;

export function colouredRoles(blocks: readonly DrawnBlock[]): Role[] {
  const names = blocks.flatMap(({ layers }) => layers.filter(hasRoleColour).map(({ layer }) => layer.role));
  return [...new Set(names)].map(roleNamed);
}

/** @param width of the drawing below, at which lines break */
export function roleLegend(
  blocks: readonly DrawnBlock[],
  colourOf: ColourOf,
  { ink }: Inks,
  width: number,
): LegendShapes {
  const shapes: Shape[] = [];
  const layers = blocks.flatMap((block) => block.layers);
  let [x, y] = [0, LINE / 2];
  for (const { name } of colouredRoles(blocks)) {
    const drawn = layers.find(({ layer }) => layer.role === name) ?? null;
    const wide = SWATCH + 5 + textWidth(name, TITLE_SIZE);
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE];
    const fill = colourOf({ side: 'left', name, kind: 'layer', drawn })?.fill ?? ink;
    shapes.push(
      strip(x, y - SWATCH / 2, SWATCH, SWATCH, fill, 2),
      line(name, x + SWATCH + 5, y, 'left', ink),
    );
    x += wide + GAP;
  }
  return { shapes, height: y + LINE / 2 };
}

/** The title, and below it a bar with its ticks. */
export function scaleLegend(scale: ColourScale, { ink }: Inks, choice: ColourChoice = {}): LegendShapes {
  const { titles, low, high, ticks, text, stops = mapStops(choice) } = scale;
  const strips = Array.from({ length: STRIPS }, (_, place) => {
    // each overlaps the next, so that no light is seen between them
    const wide = Math.min((1.5 * BAR.width) / STRIPS, BAR.width - (place * BAR.width) / STRIPS);
    return strip(
      (place * BAR.width) / STRIPS,
      LINE,
      wide,
      BAR.height,
      colourAmong(stops, place / (STRIPS - 1)),
    );
  });
  const below = LINE + BAR.height + LINE / 2;
  const marks = ticks.map((tick) => {
    const x = (BAR.width * (tick - low)) / (high - low);
    return line(text(tick), x, below, 'center', ink);
  });
  return {
    shapes: [line(titles[0] ?? '', 0, LINE / 2, 'left', ink), ...strips, ...marks],
    height: below + LINE / 2,
  };
}

/** The same with sentences below it, a line each. */
export function withNotes(
  { shapes, height }: LegendShapes,
  notes: readonly string[],
  { ink }: Inks,
): LegendShapes {
  const lines = notes.map((text, place) => line(text, 0, height + (place + 0.5) * LINE, 'left', ink));
  return { shapes: [...shapes, ...lines], height: height + notes.length * LINE };
}

function strip(x: number, y: number, width: number, height: number, fill: string, radius = 0): Shape {
  return { kind: 'box', x, y, width, height, radius, fill, stroke: '', lineWidth: 0, isDashed: false };
}

function line(text: string, x: number, y: number, align: 'left' | 'center', fill: string): Shape {
  return { kind: 'words', text, x, y, size: DETAIL_SIZE, isBold: false, align, fill };
}
