import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { heading } from '../../heading.ts';
import { fillOf } from '../../legend-marks.ts';
import { groupMark, levelInterval, lineMark, shapeSeries, symbolMark, textMark } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { resolveAxis } from '../../axis.ts';
import { pText } from '../../../statistics/p-value.ts';
import { fittingText, textWidth } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { AnovaData, EffectRow } from '../anova/data.ts';

export const AXIS = 'partial omega squared';

/** Each effect's partial omega squared with its interval, and F and p at the right. */
export function effectsOption(data: AnovaData, style: ChartStyle): ChartOption {
  const { effects, method } = data;
  const { fontSize, fontFamily, width, height, lineWidth } = style;
  const { ink, rule } = inksOf(style);
  const head = heading(style, [`${AXIS} with 95 % interval`, method, ...data.account], []);
  const words = effects.map(testText);
  const small = 0.85 * fontSize;
  const widest = (texts: readonly string[], size: number): number =>
    Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const labelWidth = Math.min(
    0.4 * width,
    widest(
      effects.map(({ title }) => title),
      fontSize,
    ),
  );
  const right = Math.min(0.35 * width, widest(words, small)) + fontSize;
  const plot = {
    left: labelWidth + fontSize,
    top: head.height,
    width: Math.max(1, width - labelWidth - fontSize - right),
    height: Math.max(1, height - head.height - 3.5 * fontSize),
  };
  const values = effects.flatMap(({ test }) => (test ? [test.partialOmegaSquared, ...test.interval] : []));
  const axis = resolveAxis(
    { kind: 'linear', name: AXIS, values: [0, ...values], ends: 'margin' },
    plot.width,
    fontSize,
    'level',
  );
  const line = { color: ink, width: lineWidth / 2 };
  const text = { fontSize, fontFamily, color: ink };
  const labels = new Map(axis.ticks.map((tick, place) => [tick, axis.labels[place] ?? '']));
  return {
    ...baseOption(style),
    graphic: { elements: head.elements },
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: {
      ...{ type: 'value', min: axis.low, max: axis.high, interval: axis.high - axis.low },
      ...{ name: AXIS, nameLocation: 'middle', nameGap: 2.1 * fontSize },
      ...{ nameTextStyle: { ...text, padding: 0 }, nameMoveOverlap: false },
      axisLabel: { ...text, customValues: axis.ticks, formatter: (value: number) => labels.get(value) ?? '' },
      axisTick: { show: true, customValues: axis.ticks, length: 0.35 * fontSize, lineStyle: line },
      axisLine: { show: true, onZero: false, lineStyle: line },
      splitLine: { show: false },
    },
    yAxis: {
      ...{ type: 'category', inverse: true },
      data: effects.map(({ title }) => fittingText([title], fontSize, labelWidth)),
      axisLabel: { ...text, interval: 0, margin: 0.6 * fontSize },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as EffectDatum)),
    }),
    series: [
      shapeSeries(
        effects.map((row, place): EffectDatum => ({
          value: [row.test?.partialOmegaSquared ?? 0, place],
          row,
        })),
        (place, { coord }) => {
          const { test } = effects[place] ?? {};
          const at = (value: number): number => coord([value, place])[0];
          const [, y] = coord([0, place]);
          const [low, high] = test?.interval ?? [0, 0];
          const fitting = fittingText([words[place] ?? ''], small, right - fontSize);
          return groupMark([
            lineMark([plot.left, y], [plot.left + plot.width, y], { stroke: rule, lineWidth: lineWidth / 3 }),
            test
              ? levelInterval(y, at(low), at(high), 0.22 * fontSize, {
                  stroke: ink,
                  lineWidth: 0.7 * lineWidth,
                })
              : null,
            test
              ? symbolMark('square', [at(test.partialOmegaSquared), y], 0.3 * fontSize, {
                  ...fillOf(style, colourOf(0)),
                  lineWidth: 0.6 * lineWidth,
                })
              : null,
            textMark(fitting, [width - 0.4 * fontSize, y], {
              ...{ align: 'right', fontSize: small, fontFamily, fill: ink },
            }),
          ]);
        },
        style.interactive ? {} : { silent: true },
      ),
    ],
    aria: { label: { description: `Effects on ${data.quantity.title}` } },
  };
}

interface EffectDatum {
  readonly value: readonly number[];
  readonly row: EffectRow;
  readonly [detail: string]: unknown;
}

/** `F = 5.31, p = 0.012`, or what is in the way of a test. */
export function testText({ test }: EffectRow): string {
  return test ? `F = ${fText(test.f)}, ${pText(test.p)}` : 'no test';
}

function fText(f: number): string {
  return f >= 1000 ? f.toFixed(0) : f.toPrecision(3);
}

function tooltipLines({ row }: EffectDatum): string[] {
  const { title, degreesOfFreedom, etaSquared, test } = row;
  return [
    title,
    test
      ? `${AXIS} ${test.partialOmegaSquared.toFixed(3)} (${test.interval.map((end) => end.toFixed(3)).join(' to ')})`
      : '',
    `${testText(row)}, df = ${degreesOfFreedom}`,
    `eta squared ${etaSquared.toFixed(3)}`,
  ];
}
