import { axisTitle, baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { colourBarAxis, colourBarSeries, type ColourScale } from '../../colour-bar.ts';
import { pngAddress } from '../../indexed-png.ts';
import { groupMark, type ShapeDatum, shapeSeries, textMark } from '../../marks.ts';
import { inkOn, mapColour } from '../../palette.ts';
import { fittingText } from '../../text-width.ts';
import { thinLabels } from '../../thin-labels.ts';
import { tooltipOption } from '../../tooltip.ts';
import { type ConfusionData, type ConfusionPanel, isImage, SHARE_TITLES } from './data.ts';
import { type ConfusionLayout, type ConfusionPlace, layConfusion } from './layout.ts';
import { matrixImage } from './matrix-image.ts';
import { squareText } from './square-text.ts';

/**
 * Confusion matrices: rows are true classes, columns predicted ones, colours the share of the row, numbers the share in
 * percent where there is room. Each datum carries `runs`, `truth`, `prediction`; of a matrix that is an image there is one
 * datum with `runs`, and a crosshair names the classes.
 */
export function confusionOption(data: ConfusionData, style: ChartStyle): ChartOption {
  const { panels } = data;
  const layout = layConfusion(data, style);
  const scale = scaleOf(layout, style);
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
      ...panels.map((panel, index) =>
        isImage(data)
          ? picture(panel, layout, index, style)
          : squares(panel, data.classes, layout.side, index, style),
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

function squares(
  panel: ConfusionPanel,
  classes: readonly string[],
  side: number,
  index: number,
  style: ChartStyle,
): ChartOption {
  const size = side / classes.length;
  const { fontFamily, fontSize } = style;
  const { empty } = inksOf(style);
  const data = classes.flatMap((truth, row) =>
    classes.map((prediction, column): SquareDatum => {
      const [share, count] = [panel.shares[row]?.[column] ?? null, panel.counts[row]?.[column] ?? 0];
      const words = [
        `${truth} as ${prediction}`,
        `${count} images${share === null ? '' : `, ${(100 * share).toFixed(1)} %`}`,
      ];
      return { value: [column, row], runs: panel.runs, truth, prediction, words };
    }),
  );
  return shapeSeries(
    data,
    (place, { coord }) => {
      const [column = 0, row = 0] = data[place]?.value ?? [];
      const [x, y] = coord([column, row]);
      const share = panel.shares[row]?.[column] ?? null;
      const colour = share === null ? empty : mapColour(share, style);
      // A little more, so that no hairline shows between squares.
      const shape = { x: x - size / 2, y: y - size / 2, width: size + 0.2, height: size + 0.2 };
      const words = squareText(share, size, fontSize);
      const look = { align: 'center', fontFamily, fill: inkOn(colour) };
      return groupMark([
        { type: 'rect', shape, style: { fill: colour } },
        words && textMark(words.text, [x, y], { ...look, fontSize: words.size }),
      ]);
    },
    seriesPlace(index, style),
  );
}

/** One image over the whole grid. */
function picture(
  panel: ConfusionPanel,
  { places }: ConfusionLayout,
  index: number,
  style: ChartStyle,
): ChartOption {
  const box = places[index]?.box ?? { left: 0, top: 0, width: 1, height: 1 };
  const image = pngAddress(matrixImage(panel, inksOf(style).empty, style));
  const { left: x, top: y, width, height } = box;
  const datum: SquareDatum = { value: [0, 0], runs: panel.runs, words: [panel.label] };
  return shapeSeries([datum], () => ({ type: 'image', style: { image, x, y, width, height } }), {
    ...seriesPlace(index, style),
    tooltip: { show: false },
  });
}

function scaleOf({ bar }: ConfusionLayout, { fontSize }: ChartStyle): ColourScale {
  const ticks = bar.height > 7 * fontSize ? [0, 20, 40, 60, 80, 100] : [0, 50, 100];
  return { titles: SHARE_TITLES, low: 0, high: 100, ticks, text: String };
}
