import { roundedAt } from '../../../numbers.ts';
import { type ChartStyle, inksOf } from '../../chart-style.ts';
import { type ConfusionData, isImage } from './data.ts';
import { type ConfusionLayout, layConfusion } from './layout.ts';
import { matrixImage } from './matrix-image.ts';
import { type MatrixLook, matrixLook } from './matrix-look.ts';
import { squareText } from './square-text.ts';
import { inkOn, lineColours } from '../../palette.ts';
import { fittingText } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import { latexText } from '../../latex/latex-text.ts';
import {
  axisFont,
  namedTicks,
  pgfStops,
  type PgfAxis,
  type PgfFigure,
  type PgfFile,
} from '../../latex/pgf-document.ts';
import { colouredSquares } from '../../latex/pgf-matrix.ts';

/**
 * The matrices as they lie on paper. Those that are images are files of their own, as TeX cannot hold so many squares.
 *
 * @param name of the figure's file, without its ending: the pictures are called after it.
 */
export function confusionAxes(data: ConfusionData, style: ChartStyle, name: string): PgfFigure {
  const layout = layConfusion(data, style);
  const look = matrixLook(data, style);
  const files = isImage(data)
    ? data.panels.map((panel, place): PgfFile => ({
        fileName: `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}-${place + 1}.png`,
        mediaType: 'image/png',
        bytes: matrixImage(panel, inksOf(style).empty, look),
      }))
    : [];
  const axes = data.panels.map((_, place): PgfAxis => {
    const picture = files[place];
    return {
      options: axisOptions(layout, place, look, style),
      body: picture
        ? image(picture, layout.labels.length)
        : squares(data, place, { side: layout.side, look, fontSize: style.fontSize }),
    };
  });
  return { pictures: [axes], files, colours: lineColours(1, style) };
}

function image({ fileName }: PgfFile, size: number): string[] {
  const end = size - 0.5;
  return [`\\addplot graphics[xmin=-0.5, xmax=${end}, ymin=-0.5, ymax=${end}] {${fileName}};`];
}

interface Drawn {
  readonly side: number;
  readonly look: MatrixLook;
  readonly fontSize: number;
}

function squares(
  { panels, difference }: ConfusionData,
  panel: number,
  { side, look, fontSize }: Drawn,
): string[] {
  const { shares = [] } = panels[panel] ?? {};
  const places = shares.flatMap((line, row) => line.map((share, column) => ({ column, row, share })));
  const values = places.map(({ share, ...place }) => ({
    ...place,
    value: share === null ? null : 100 * share,
  }));
  const numbers = places.flatMap(({ column, row, share }) => {
    const words = squareText(share, look, side / shares.length, fontSize);
    if (!words || share === null) return [];
    const ink = inkOn(look.colour(share)) === '#ffffff' ? 'white' : 'black';
    return [
      `\\pgftext[at=\\pgfplotspointaxisxy{${column}}{${row}}]{${axisFont(words.size)}\\color{${ink}}${latexText(words.text)}}`,
    ];
  });
  const outlined = places.filter(
    ({ row, column }) => difference?.squares[panel]?.[row]?.[column]?.isSignificant,
  );
  // \pgftext takes a fifth of the time and a third of the memory of \node, but needs axes that are settled
  return [
    ...colouredSquares(values, shares.length),
    '\\pgfplotsextra{',
    ...numbers,
    '}',
    ...outlined.map(outline),
  ];
}

function outline({ column, row }: { readonly column: number; readonly row: number }): string {
  const [left, top] = [column - 0.46, row - 0.46];
  return `\\draw[line width=0.6pt] (axis cs:${left},${top}) rectangle (axis cs:${left + 0.92},${top + 0.92});`;
}

function axisOptions(
  { places, across, side, labels, labelSize, bar }: ConfusionLayout,
  index: number,
  { scale, stops }: MatrixLook,
  { fontSize }: ChartStyle,
): string[] {
  const place = places[index];
  if (!place) return [];
  const { box, title, hasRows, hasColumns } = place;
  const ticksOf = (isTilted: boolean): { readonly at: number; readonly label: string }[] =>
    thinLabels(labels, side / labels.length, labelSize, isTilted).flatMap((label, at) =>
      label === '' ? [] : [{ at, label }],
    );
  const points = (length: number): string => `${roundedAt(length, 2)}pt`;
  const range = `-0.5, xmax=${labels.length - 0.5}, ymin=-0.5, ymax=${labels.length - 0.5}`;
  return [
    `at={(${points(box.left)},${points(-box.top)})}, anchor=north west`,
    `scale only axis, width=${points(side)}, height=${points(side)}`,
    `font=${axisFont(fontSize)}, ticklabel style={font=${axisFont(labelSize)}}`,
    ...(hasRows ? ['ylabel={true}', ...namedTicks('y', ticksOf(false))] : ['ytick=\\empty']),
    ...(hasColumns ? ['xlabel={predicted}', ...namedTicks('x', ticksOf(true))] : ['xtick=\\empty']),
    'xticklabel style={rotate=45, anchor=north east}',
    ...(title.length === 0
      ? []
      : [`title={${title.map(latexText).join('\\\\')}}, title style={align=center}`]),
    'tick style={draw=none}, axis line style={draw=none}, y dir=reverse, enlargelimits=false',
    `xmin=${range}`,
    `point meta min=${scale.low}, point meta max=${scale.high}`,
    scale.stops ? `colormap={around zero}{${pgfStops(stops)}}` : 'colormap name=values',
    ...(index === Math.min(across, places.length) - 1
      ? [
          `colorbar, colorbar style={ylabel={${latexText(fittingText(scale.titles, fontSize, bar.height))}}, width=${points(bar.width)}, height=${points(bar.height)}, axis line style={draw=black}}`,
        ]
      : []),
  ];
}
