import { fixed, significant } from '../../../numbers.ts';
import type { ReadingTable } from '../../chart-table.ts';
import { fText } from '../../../statistics/f-value.ts';
import { pText } from '../../../statistics/p-value.ts';
import { settingLabel } from '../../cells/measured-cell.ts';
import { boundsText, differenceText, differenceUnit } from '../../difference-text.ts';
import { EQUIVALENCE_HEADS, equivalenceCaption, equivalenceWords } from '../../equivalence-text.ts';
import { capital, intervalText, type Quantity, signed } from '../../quantity.ts';
import type { ConditionData } from './condition-data.ts';
import { type AnovaData, omegaInterval, restOf } from './data.ts';
import type { MeanRow, PairData } from './mean-rows.ts';

/** Main effects, interactions, the seed where it is a block, and the residual. */
export function effectsReading({ anova, effects, method, notes }: AnovaData): ReadingTable {
  return {
    caption: `Analysis of variance: ${method}.`,
    columns: ['Source', 'df', 'F', 'p', 'η²', 'partial ω²', '95\u00a0% interval'],
    rows: [
      ...effects.map(({ title, degreesOfFreedom, etaSquared, test }) => [
        ...[title, String(degreesOfFreedom), test && fText(test.f), test && pText(test.p)],
        ...[fixed(etaSquared, 3), test && fixed(test.partialOmegaSquared, 3)],
        test && omegaInterval(test),
      ]),
      ...restOf(anova).map(({ title, degreesOfFreedom, etaSquared }) => [
        ...[title, String(degreesOfFreedom), null, null, fixed(etaSquared, 3), null, null],
      ]),
    ],
    notes,
  };
}

const MEANS =
  'Estimated marginal means: of all combinations of the other factors, each weighing the same, with numeric factors at their mean';

/** Marginal means, differences, contrasts, trends and simple effects, as far as there are any. */
export function momentReadings(data: AnovaData): ReadingTable[] {
  const { means, conditions, quantity, blocked } = data;
  const covered = blocked ? ', for further seeds, too' : '';
  return [
    meansReading(means, quantity, {
      title: 'Marginal means',
      caption: `${MEANS}, with 95\u00a0% t intervals${covered}.`,
    }),
    differencesReading(data),
    contrastsReading(data),
    trendsReading(data),
    ...data.pairs.map((pair) => pairReading(pair, quantity, covered)),
    ...conditions.flatMap((condition) => conditionReadings(condition, quantity)),
  ].filter(({ rows }) => rows.length > 0);
}

function meansReading(
  means: readonly MeanRow[],
  quantity: Quantity,
  words: Pick<ReadingTable, 'title' | 'caption'>,
): ReadingTable {
  return {
    ...words,
    columns: ['Factor', 'level', `mean (${quantity.axis})`, 'n'],
    rows: means.map(({ setting, value, n, ...mean }) => [
      ...[setting.title, settingLabel(setting, value), intervalText(quantity, mean), String(n)],
    ]),
  };
}

function pairReading(
  { settings: [one, other], title, means }: PairData,
  quantity: Quantity,
  covered: string,
): ReadingTable {
  return {
    title: `Means of ${title}`,
    caption: `Estimated marginal means of each combination of ${one.title} and ${other.title}, with 95\u00a0% t intervals${covered}.`,
    columns: [capital(one.title), other.title, `mean (${quantity.axis})`, 'n'],
    rows: means.map(({ values: [first, second], n, ...mean }) => [
      ...[settingLabel(one, first), settingLabel(other, second)],
      ...[intervalText(quantity, mean), String(n)],
    ]),
  };
}

function contrastsReading({ contrasts, quantity }: AnovaData): ReadingTable {
  return {
    title: 'Contrasts',
    caption: `Sums of these means times their weights, with 95\u00a0% t intervals${contrasts.length > 1 ? `; p is also adjusted for these ${contrasts.length} contrasts (Holm)` : ''}.`,
    columns: [
      'Factor',
      'weights',
      `contrast in ${differenceUnit(quantity)}`,
      '95\u00a0% interval',
      'p',
      'adjusted p',
    ],
    rows: contrasts.map(({ setting, label, estimate, low, high, p, adjustedP }) => [
      ...[setting.title, label, differenceText(quantity, estimate), boundsText(quantity, low, high)],
      ...[pText(p), pText(adjustedP)],
    ]),
  };
}

function differencesReading({ differences, quantity, margin }: AnovaData): ReadingTable {
  return {
    title: 'Differences',
    caption: `Differences of these means with 95\u00a0% t intervals; p is also adjusted for the differences of the factor (Holm).${
      margin === null ? '' : ` ${equivalenceCaption(quantity, margin)}`
    }`,
    columns: [
      ...[
        'Factor',
        'levels',
        `difference in ${differenceUnit(quantity)}`,
        '95\u00a0% interval',
        'p',
        'adjusted p',
      ],
      ...(margin === null ? [] : EQUIVALENCE_HEADS),
    ],
    rows: differences.map(
      ({ setting, values: [from, to], estimate, low, high, p, adjustedP, equivalence: test }) => [
        ...[setting.title, `${settingLabel(setting, to)} − ${settingLabel(setting, from)}`],
        ...[differenceText(quantity, estimate), boundsText(quantity, low, high), pText(p), pText(adjustedP)],
        ...(margin === null ? [] : equivalenceWords(quantity, test)),
      ],
    ),
  };
}

function trendsReading({ trends, quantity }: AnovaData): ReadingTable {
  return {
    title: 'Trends',
    caption: `Trends of these means: ${differenceUnit(quantity)} for one unit of the factor (linear), for one unit squared beside the line (quadratic), and for one unit cubed beside both (cubic).`,
    columns: ['Factor', 'trend', 'estimate', '95\u00a0% interval', 'p'],
    rows: trends.map(({ setting, degree, estimate, low, high, p }) => [
      ...[setting.title, degree, precise(quantity, estimate)],
      ...[`${precise(quantity, low)} to ${precise(quantity, high)}`, pText(p)],
    ]),
  };
}

function conditionReadings({ label, effects, means }: ConditionData, quantity: Quantity): ReadingTable[] {
  return [
    {
      title: `Simple effects at ${label}`,
      caption: `Effects of the other factors at ${label}, against the residual of the whole model.`,
      columns: ['Factor', 'df', 'F', 'p'],
      rows: effects.map(({ setting, degreesOfFreedom, test }) => [
        ...[setting.title, String(degreesOfFreedom), test && fText(test.f), test && pText(test.p)],
      ]),
    },
    meansReading(means, quantity, {
      title: `Means at ${label}`,
      caption: `Estimated marginal means at ${label}.`,
    }),
  ];
}

function precise({ scale }: Quantity, value: number): string {
  return signed(significant(value * scale, 3));
}
