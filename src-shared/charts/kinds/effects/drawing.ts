import { fixed } from '../../../numbers.ts';
import { baseOption, type ChartOption, type ChartStyle } from '../../chart-style.ts';
import { type ShapeDatum, shapeSeries } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { fText } from '../../../statistics/f-value.ts';
import { pText } from '../../../statistics/p-value.ts';
import { type RowContent, rowFrame, rowsHeight } from '../../row-frame.ts';
import { tooltipOption } from '../../tooltip.ts';
import { type AnovaData, type EffectRow, omegaInterval } from '../anova/data.ts';

export const AXIS = 'partial omega squared';

/** Each effect's partial omega squared with its interval, and F and p at the right. */
export function effectsOption(data: AnovaData, style: ChartStyle): ChartOption {
  const { effects } = data;
  const values = effects.flatMap(({ test }) => (test ? [test.partialOmegaSquared, ...test.interval] : []));
  const frame = rowFrame(style, {
    x: { kind: 'linear', name: AXIS, values: [0, ...values], ends: 'margin' },
    shortName: AXIS,
    ...namesOf(data),
    words: effects.map(testText),
  });
  return {
    ...baseOption(style),
    ...frame.option,
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
          return frame.row(coord([0, place])[1], {
            interval: test ? [at(test.interval[0]), at(test.interval[1])] : null,
            mark: test ? { x: at(test.partialOmegaSquared), fill: colourOf(0, style) } : null,
          });
        },
        style.interactive ? {} : { silent: true },
      ),
    ],
    aria: { label: { description: `Effects on ${data.quantity.title}` } },
  };
}

/** As high as the rows need. */
export function effectsHeight(data: AnovaData, style: ChartStyle): number {
  return rowsHeight(style, namesOf(data));
}

function namesOf({
  effects,
  method,
  account,
}: AnovaData): Pick<RowContent, 'names' | 'shortNames' | 'notes'> {
  return {
    names: effects.map(({ title }) => title),
    shortNames: effects.map(({ settings }) => settings.map(({ short }) => short).join(' × ')),
    notes: [`${AXIS} with 95\u00a0% interval`, method, ...account],
  };
}

interface EffectDatum extends ShapeDatum {
  readonly row: EffectRow;
}

/** `F = 5.31, p = 0.012`, or what is in the way of a test. */
export function testText({ test }: EffectRow): string {
  return test ? `F = ${fText(test.f)}, ${pText(test.p)}` : 'no test';
}

function tooltipLines({ row }: EffectDatum): string[] {
  const { title, degreesOfFreedom, etaSquared, test } = row;
  return [
    title,
    test ? `${AXIS} ${fixed(test.partialOmegaSquared, 3)} (${omegaInterval(test)})` : '',
    `${testText(row)}, df = ${degreesOfFreedom}`,
    `eta squared ${fixed(etaSquared, 3)}`,
  ];
}
