import type { ChartTable } from '../../chart-table.ts';
import { EQUIVALENCE_COLUMNS, equivalenceValues } from '../../equivalence-text.ts';
import type { Contrast } from '../../../statistics/anova/contrast.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { factorText } from '../../../studies/factor-text.ts';
import { noteSentence } from '../../quantity.ts';
import { type AnovaData, restOf } from './data.ts';

const COLUMNS = [
  ...[
    'metric',
    'part',
    'source',
    'at',
    'df',
    'sum of squares',
    'F',
    'p',
    'eta squared',
    'partial omega squared',
  ],
  ...['estimate', 'low', 'high', 't', 'adjusted p', 'n'],
  ...EQUIVALENCE_COLUMNS,
  ...['left out', 'analysis'],
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], FactorValue>>;

/**
 * One row for each source of variance, then for each marginal mean (of one factor, then of two), difference of two levels, contrast, trend, and simple effect with its
 * means, as `part` says; bounds are of partial omega squared for an effect, and else of the estimate.
 */
export function anovaTable(data: AnovaData): ChartTable {
  const { anova, quantity, leftOut, method, account, notes } = data;
  const rows: readonly Row[] = [
    ...data.effects.map((effect) => ({
      part: 'effect',
      source: effect.title,
      ...varianceOf(effect),
      ...testOf(effect),
    })),
    ...restOf(anova).map((source) => ({ part: source.title, source: source.title, ...varianceOf(source) })),
    ...momentRows(data),
  ];
  const common: Row = { metric: quantity.title, 'left out': leftOut, analysis: method };
  return {
    columns: COLUMNS,
    rows: rows.map((row) => COLUMNS.map((column) => row[column] ?? common[column] ?? null)),
    notes: [method, ...account.map(noteSentence), ...notes],
  };
}

function momentRows({ means, pairs, differences, contrasts, trends, conditions }: AnovaData): Row[] {
  const meanRows = (of: AnovaData['means'], at: string): Row[] =>
    of.map(({ setting, value, mean, low, high, n }) => ({
      ...{
        part: 'mean',
        source: setting.title,
        at: at === '' ? value : `${at}, ${setting.short} = ${String(value)}`,
      },
      ...{ estimate: mean, low, high, n },
    }));
  return [
    ...meanRows(means, ''),
    ...pairs.flatMap(({ settings, title, means: own }) =>
      own.map(({ values, mean, low, high, n }) => ({
        ...{ part: 'mean of two', source: title },
        at: settings.map(({ short }, place) => `${short} = ${factorText(values[place])}`).join(', '),
        ...{ estimate: mean, low, high, n },
      })),
    ),
    ...differences.map(({ setting, from, to, adjustedP, equivalence, ...contrast }) => ({
      ...{ part: 'difference', source: setting.title, at: `${to} - ${from}`, ...contrastOf(contrast) },
      ...{ 'adjusted p': adjustedP, ...equivalenceValues(equivalence) },
    })),
    ...contrasts.map(({ setting, label, adjustedP, ...contrast }) => ({
      ...{ part: 'contrast', source: setting.title, at: label, ...contrastOf(contrast) },
      'adjusted p': adjustedP,
    })),
    ...trends.map(({ setting, degree, ...contrast }) => ({
      ...{ part: `${degree} trend`, source: setting.title, ...contrastOf(contrast) },
    })),
    ...conditions.flatMap(({ label, effects, means: own }) => [
      ...effects.map(({ setting, sumOfSquares, degreesOfFreedom, test }) => ({
        ...{ part: 'simple effect', source: setting.title, at: label, df: degreesOfFreedom },
        ...{ 'sum of squares': sumOfSquares, F: test?.f ?? null, p: test?.p ?? null },
      })),
      ...meanRows(own, label),
    ]),
  ];
}

function varianceOf({ degreesOfFreedom, sumOfSquares, etaSquared }: AnovaData['anova']['residual']): Row {
  return { df: degreesOfFreedom, 'sum of squares': sumOfSquares, 'eta squared': etaSquared };
}

function testOf({ test }: AnovaData['effects'][number]): Row {
  if (!test) return {};
  const [low, high] = test.interval;
  return { F: test.f, p: test.p, 'partial omega squared': test.partialOmegaSquared, low, high };
}

function contrastOf({ estimate, low, high, t, degreesOfFreedom, p }: Omit<Contrast, 'standardError'>): Row {
  return { estimate, low, high, t, df: degreesOfFreedom, p };
}
