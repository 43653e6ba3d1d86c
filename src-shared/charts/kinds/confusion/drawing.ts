import { nText, percent } from '../../../numbers.ts';
import { axisTitle, baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { colourBarAxis, colourBarSeries } from '../../colour-bar.ts';
import { pngAddress } from '../../indexed-png.ts';
import { groupMark, type ShapeDatum, shapeSeries, textMark } from '../../marks.ts';
import { pText } from '../../../statistics/p-value.ts';
import { inkOn } from '../../palette.ts';
import { fittingText } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import { tooltipOption } from '../../tooltip.ts';
import { type ConfusionData, isImage, type SquareDifference } from './data.ts';
import { type ConfusionLayout, type ConfusionPlace, layConfusion } from './layout.ts';
import { matrixImage } from './matrix-image.ts';
import { type MatrixLook, matrixLook } from './matrix-look.ts';
import { squareText } from './square-text.ts';

/**
 * Confusion matrices or their differences: rows are true classes, columns predicted ones, colours the share of the row (or by how much
 * it differs), numbers the same where there is room. What differs significantly is outlined. Each datum carries `runs`, `truth`, `prediction`; of a matrix that is an image there is one
 * datum with `runs`, and a crosshair names the classes.
 */
export function confusionOption(data: ConfusionData, style: ChartStyle): ChartOption {
  const { panels } = data;
  const layout = layConfusion(data, style);
  const look = matrixLook(data, style, layout.bar.height > 7 * style.fontSize);
  const { scale } = look;
  const boxes = [...layout.places.map(({ box }) => box), layout.bar];
  return {
    ...baseOption(style),
    graphic: {
      elements: [...layout.heading.elements, ...layout.places.flatMap((place) => panelTitle(place, style))],
    },
    grid: boxes.map((box) => ({ ...box, outerBoundsMode: 'none' })),
    xAxis: [
      ...layout.places.map((place, index) => axis(data, layout, { place, index, name: 'predicted' }, style)),
      { gridIndex: panels.length, type: 'value', min: 0, max: 1, show: false },
    ],
    yAxis: [
      ...layout.places.map((place, index) => ({
        ...axis(data, layout, { place, index, name: 'true' }, style),
        inverse: true,
      })),
      colourBarAxis(scale, panels.length, layout.bar, style),
    ],
    ...(style.interactive && { tooltip: tooltipOption(style, (datum) => (datum as SquareDatum).words) }),
    series: [
      ...panels.map((_, index) =>
        isImage(data)
          ? picture(data, layout, { index, look }, style)
          : squares(data, layout.side, { index, look }, style),
      ),
      colourBarSeries(scale, panels.length, style),
    ],
  };
}

function panelTitle({ title, box }: ConfusionPlace, style: ChartStyle): ChartOption[] {
  const { fontSize, fontFamily } = style;
  const look = { align: 'center', fontSize, fontFamily, fill: inksOf(style).ink };
  return title.map((line, place) => {
    const y = box.top - 0.3 * fontSize - (title.length - place - 0.5) * 1.3 * fontSize;
    return textMark(line, [box.left + box.width / 2, y], look);
  });
}

interface AxisPlace {
  readonly place: ConfusionPlace;
  readonly index: number;
  readonly name: 'true' | 'predicted';
}

function axis(
  data: ConfusionData,
  { side, labels, labelSize, labelRoom }: ConfusionLayout,
  { place, index, name }: AxisPlace,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily } = style;
  const { ink, faint } = inksOf(style);
  const upright = name === 'true';
  const isNamed = upright ? place.hasRows : place.hasColumns;
  return {
    ...{
      type: 'category',
      gridIndex: index,
      data: thinLabels(labels, side / labels.length, labelSize, !upright),
    },
    ...{
      name: isNamed ? fittingText([axisTitle(style, upright ? 'y' : 'x', name)], fontSize, side) : '',
      nameLocation: 'middle',
      nameMoveOverlap: false,
    },
    nameGap: (upright ? labelRoom : Math.SQRT1_2 * (labelRoom + fontSize)) + 0.3 * fontSize,
    nameTextStyle: { fontSize, fontFamily, color: ink, padding: 0 },
    axisLabel: {
      ...{ show: isNamed, fontSize: labelSize, fontFamily, color: ink, interval: 0 },
      ...{ margin: 0.5 * fontSize, rotate: upright ? 0 : 45 },
    },
    axisLine: { show: isImage(data), onZero: false, lineStyle: { color: faint, width: style.lineWidth / 3 } },
    axisTick: { show: false },
    splitLine: { show: false },
    ...(style.interactive &&
      isImage(data) && {
        axisPointer: {
          ...{ show: true, type: 'line', triggerTooltip: false, lineStyle: { color: faint } },
          label: {
            show: true,
            formatter: ({ value }: { readonly value: unknown }) =>
              `${name}: ${data.classes[Number(value)] ?? String(value)}`,
          },
        },
      }),
  };
}

interface SquareDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly words: readonly string[];
}

function seriesPlace(index: number, style: ChartStyle): ChartOption {
  return { xAxisIndex: index, yAxisIndex: index, ...(!style.interactive && { silent: true }) };
}

interface Panel {
  readonly index: number;
  readonly look: MatrixLook;
}

function squares(
  { classes, panels, difference }: ConfusionData,
  side: number,
  { index, look: matrix }: Panel,
  style: ChartStyle,
): ChartOption {
  const panel = panels[index];
  const size = side / classes.length;
  const { fontFamily, fontSize } = style;
  const { empty } = inksOf(style);
  const data = classes.flatMap((truth, row) =>
    classes.map((prediction, column): SquareDatum => {
      const square = difference?.squares[index]?.[row]?.[column] ?? null;
      const said =
        difference === null
          ? imagesText(panel?.counts[row]?.[column] ?? 0, panel?.shares[row]?.[column] ?? null)
          : square && differenceLines(square, difference.from);
      const words = [`${truth} as ${prediction}`, ...(said ?? ['no images'])];
      return { value: [column, row], runs: panel?.runs ?? [], truth, prediction, words };
    }),
  );
  return shapeSeries(
    data,
    (place, { coord }) => {
      const [column = 0, row = 0] = data[place]?.value ?? [];
      const [x, y] = coord([column, row]);
      const share = panel?.shares[row]?.[column] ?? null;
      const colour = share === null ? empty : matrix.colour(share);
      // A little more, so that no hairline shows between squares.
      const shape = { x: x - size / 2, y: y - size / 2, width: size + 0.2, height: size + 0.2 };
      const words = squareText(share, matrix, size, fontSize);
      const look = { align: 'center', fontFamily, fill: inkOn(colour) };
      const isOutlined = difference?.squares[index]?.[row]?.[column]?.isSignificant === true;
      return groupMark([
        { type: 'rect', shape, style: { fill: colour } },
        isOutlined
          ? {
              type: 'rect',
              shape: inside(shape, style.lineWidth),
              style: { fill: 'none', stroke: inkOn(colour), lineWidth: style.lineWidth },
            }
          : null,
        words && textMark(words.text, [x, y], { ...look, fontSize: words.size }),
      ]);
    },
    seriesPlace(index, style),
  );
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function inside({ x, y, width, height }: Rectangle, line: number): Rectangle {
  return { x: x + line, y: y + line, width: width - 2 * line, height: height - 2 * line };
}

function imagesText(count: number, share: number | null): string[] {
  return [`${count} images${share === null ? '' : `, ${percent(share)}`}`];
}

function differenceLines(
  { shares, n, p, adjustedP, isSignificant }: SquareDifference,
  from: string,
): string[] {
  const [own, other] = shares.map((share) => percent(share));
  const tested = p === null || adjustedP === null ? [] : [`${pText(p)}, adjusted ${pText(adjustedP)}`];
  return [
    `${own} (${nText(n[0])}); ${from}: ${other} (${nText(n[1])})`,
    ...tested,
    ...(isSignificant ? ['significant'] : []),
  ];
}

/** One image over the whole grid. */
function picture(
  { panels }: ConfusionData,
  { places }: ConfusionLayout,
  { index, look }: Panel,
  style: ChartStyle,
): ChartOption {
  const { shares = [], runs = [], label = '' } = panels[index] ?? {};
  const box = places[index]?.box ?? { left: 0, top: 0, width: 1, height: 1 };
  const image = pngAddress(matrixImage({ shares }, inksOf(style).empty, look));
  const { left: x, top: y, width, height } = box;
  const datum: SquareDatum = { value: [0, 0], runs, words: [label] };
  return shapeSeries([datum], () => ({ type: 'image', style: { image, x, y, width, height } }), {
    ...seriesPlace(index, style),
    tooltip: { show: false },
  });
}
