import { fixed } from '../../../numbers.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { latexText } from '../../latex/latex-text.ts';
import { axisFont, type PgfFigure } from '../../latex/pgf-document.ts';
import { HEAD, type Shape } from '../../network/draw-graph.ts';
import type { NetworkData } from './data.ts';
import { type PlacedShapes, placedNetwork } from './placed-network.ts';

/** The drawing in an axis without lines, whose units are points, downwards. */
export function networkPicture(data: NetworkData, style: ChartStyle): PgfFigure {
  const { parts, head, height } = placedNetwork(data, style);
  const colours = [...new Set(parts.flatMap(({ shapes }) => shapes.flatMap(coloursOf)))];
  const named = (colour: string): string => `line${colours.indexOf(colour)}`;
  const [wide, high] = [style.width, height - head.height];
  return {
    pictures: [
      [
        {
          options: [
            ...['hide axis', 'scale only axis', 'clip=false', 'y dir=reverse'],
            ...[`width=${fixed(wide, 1)}pt`, `height=${fixed(high, 1)}pt`],
            `xmin=0, xmax=${fixed(wide, 1)}, ymin=0, ymax=${fixed(high, 1)}`,
          ],
          body: parts.flatMap((part) => {
            const below = { ...part, top: part.top - head.height };
            return part.shapes.flatMap((shape) => drawn(shape, below, named));
          }),
        },
      ],
    ],
    colours,
  };
}

function coloursOf(shape: Shape): string[] {
  const all =
    shape.kind === 'box' ? [shape.fill, shape.stroke] : shape.kind === 'line' ? [shape.stroke] : [shape.fill];
  return all.filter((colour) => colour.startsWith('#'));
}

const USUAL_SIZE = 10;
const ANCHORS = { left: 'west', center: 'center', right: 'east' } as const;

function drawn(
  shape: Shape,
  { scale, left, top }: PlacedShapes,
  named: (colour: string) => string,
): string[] {
  const at = (x: number, y: number): string =>
    `(axis cs:${fixed(left + x * scale, 2)},${fixed(top + y * scale, 2)})`;
  const points = (length: number): string => `${fixed(length * scale, 2)}pt`;
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, lineWidth, isDashed } = shape;
      const options = [
        ...(fill.startsWith('#') ? [`fill=${named(fill)}`] : []),
        ...(stroke === '' ? ['draw=none'] : [`draw=${named(stroke)}`, `line width=${points(lineWidth)}`]),
        ...(isDashed ? ['dashed'] : []),
        `rounded corners=${points(radius)}`,
      ];
      return [`\\path[${options.join(', ')}] ${at(x, y)} rectangle ${at(x + width, y + height)};`];
    }
    case 'words': {
      const { text, x, y, size, isBold, align, fill } = shape;
      // fonts of TeX are not made as small as this: one of their usual size is scaled
      const font = `${axisFont(USUAL_SIZE)}${isBold ? '\\bfseries' : ''}`;
      const options =
        `anchor=${ANCHORS[align]}, inner sep=0pt, text=${named(fill)}, font=${font}, ` +
        `scale=${fixed((size * scale) / USUAL_SIZE, 3)}`;
      return [`\\node[${options}] at ${at(x, y)} {${latexText(text)}};`];
    }
    case 'line': {
      const { curve, stroke, lineWidth } = shape;
      const bends = curve.bends.map(
        ({ controls: [first, second], end }) =>
          ` .. controls ${at(...first)} and ${at(...second)} .. ${at(...end)}`,
      );
      return [
        `\\draw[${named(stroke)}, line width=${points(lineWidth)}] ${at(...curve.start)}${bends.join('')};`,
      ];
    }
    case 'head': {
      const [x, y] = shape.at;
      const { half, length } = HEAD;
      return [
        `\\fill[${named(shape.fill)}] ${at(x, y)} -- ${at(x - half, y - length)} -- ${at(x + half, y - length)} -- cycle;`,
      ];
    }
  }
}
