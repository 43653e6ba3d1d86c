import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import type { ReadingTable } from '../../../src-shared/charts/chart-table.ts';
import type { Condition } from '../../../src-shared/charts/kinds/anova/condition-data.ts';
import { type AnovaData, anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import type { MeanRow } from '../../../src-shared/charts/kinds/anova/mean-rows.ts';
import type { AnovaModel } from '../../../src-shared/charts/kinds/anova/model.ts';
import { effectsReading, momentReadings } from '../../../src-shared/charts/kinds/anova/reading.ts';
import {
  type ImportanceData,
  importanceData,
  importanceQuestion,
  tellsImportance,
} from '../../../src-shared/charts/kinds/importance/data.ts';
import { importanceReading } from '../../../src-shared/charts/kinds/importance/table.ts';
import { noteSentence } from '../../../src-shared/charts/quantity.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { shortestNames } from '../../../src-shared/runs/resolve-column.ts';
import type { FactorValue } from '../../../src-shared/studies/cell.ts';
import { askForest } from '../../../src-shared/statistics/forest-question.ts';
import { factorText } from '../../../src-shared/studies/factor-text.ts';
import { mainMetric } from '../../../src-shared/studies/imported-study.ts';
import { above } from '../number-option.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { readStudyIn } from './read-study.ts';
import { nameText } from './results.ts';

export interface EffectsOptions {
  readonly metric?: string;
  readonly order?: string;
  readonly type?: string;
  readonly numeric?: readonly string[];
  readonly at?: readonly string[];
  readonly contrast?: readonly string[];
  readonly margin?: string;
  readonly json?: boolean;
}

/** Prints the analysis of variance of a study. @throws Problem `not-found`, `usage`, and those of the store */
export async function studyEffects(file: string, name: string, options: EffectsOptions): Promise<void> {
  const model = modelOf(options);
  const { drawn, study } = readStudyIn(file, name);
  const table = cellTableOf(drawn, options.metric ?? mainMetric(study.definition));
  const data = anovaData(table, model);
  const importance = importanceOf(table);
  if (options.json) printJson(asJson(data, importance));
  else await printEffects(data, importance, nameText(study));
}

/** Of samples and lists, of which effects are often not told apart; null for a grid, or for too few cells. */
function importanceOf(table: CellTable): ImportanceData | null {
  if (!tellsImportance(table)) return null;
  const question = importanceQuestion(table);
  return importanceData(table, question, askForest(question), true);
}

/** @throws Problem `usage` */
function modelOf({
  order = '2',
  type = '2',
  numeric = [],
  at = [],
  contrast = [],
  margin,
}: EffectsOptions): AnovaModel {
  return {
    ...{ numeric, margin: margin === undefined ? null : above('--margin', margin), at: conditionsOf(at) },
    contrast: contrast.length === 0 ? null : contrast.join('; '),
    order: Number(order),
    type: type === '3' ? 3 : 2,
  };
}

/** One factor alone stands for each of its levels; of values of one factor each is a condition, combined with those of others. */
function conditionsOf(given: readonly string[]): AnovaModel['at'] {
  const [first] = given;
  if (first === undefined) return null;
  if (given.length === 1 && !first.includes('=')) return first;
  const named = given.map((text) => {
    const [, factor = '', value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    if (value === undefined)
      throw new Problem('usage', `--at ${text}: expected FACTOR=VALUE, or one factor alone.`);
    return { factor, value: valueOf(value) };
  });
  return [...Map.groupBy(named, ({ factor }) => factor)].reduce(
    (conditions: readonly Condition[], [factor, values]) =>
      conditions.flatMap((condition) => values.map(({ value }) => ({ ...condition, [factor]: value }))),
    [{}],
  );
}

function valueOf(text: string): FactorValue {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

async function printEffects(data: AnovaData, importance: ImportanceData | null, of: string): Promise<void> {
  printLine(`${of}: ${data.quantity.title}`);
  await printReading(effectsReading(data));
  const notes = [...data.account.map(noteSentence), ...data.notes];
  printLine();
  for (const note of notes) printLine(note);
  for (const table of momentReadings(data)) await printReading(table);
  if (!importance) return;
  await printReading(importanceReading(importance));
  printLine();
  for (const note of importance.notes) printLine(note);
}

async function printReading({ caption, columns, rows }: ReadingTable): Promise<void> {
  printLine();
  if (caption !== undefined) printLine(`${caption}\n`);
  await printTable(
    columns.map((title, place) => ({ title, align: place === 0 ? 'left' : 'right' })),
    rows.map((row) => row.map(factorText)),
  );
}

/** A factor as it is called in options and filters: `sr`. */
function nameOf(path: string): string {
  return shortestNames.get(path) ?? path;
}

function asJson(data: AnovaData, importance: ImportanceData | null): unknown {
  const { anova, quantity, n, wanted, blocked, order, account, unknown, margin } = data;
  return {
    ...{ n, wanted, metric: quantity.name, type: anova.type, order, blocked },
    effects: data.effects.map(({ settings, degreesOfFreedom, sumOfSquares, etaSquared, test }) => ({
      factors: settings.map(({ path }) => nameOf(path)),
      ...{ df: degreesOfFreedom, F: test?.f ?? null, p: test?.p ?? null, sumOfSquares, etaSquared },
      ...{ partialOmegaSquared: test?.partialOmegaSquared ?? null, interval: test?.interval ?? null },
    })),
    seeds: anova.seeds && sourceJson(anova.seeds),
    residual: sourceJson(anova.residual),
    lackOfFit: anova.lackOfFit && {
      ...{ df: anova.lackOfFit.degreesOfFreedom, F: anova.lackOfFit.f, p: anova.lackOfFit.p },
    },
    left: [...account.map(noteSentence), ...anova.limits, ...unknown],
    means: data.means.map(meanJson),
    interactionMeans: data.pairs.flatMap(({ settings: [one, other], means }) =>
      means.map(({ values: [first, second], ...mean }) => ({
        factors: { [nameOf(one.path)]: first, [nameOf(other.path)]: second },
        ...gridMeanJson(mean),
      })),
    ),
    differences: data.differences.map(({ setting, values: [from, to], equivalence, ...difference }) => ({
      ...{ factor: nameOf(setting.path), from, to, ...contrastJson(difference) },
      adjustedP: difference.adjustedP,
      equivalence: equivalence && {
        ...{ margin, p: equivalence.p, adjustedP: equivalence.adjustedP },
        ...{ noGainP: equivalence.noGainP, noLossP: equivalence.noLossP },
        ...{ interval90: equivalence.interval, verdict: equivalence.verdict },
      },
    })),
    contrasts: data.contrasts.map(({ setting, weights, adjustedP, ...contrast }) => ({
      ...{ factor: nameOf(setting.path), weights, ...contrastJson(contrast), adjustedP },
    })),
    trends: data.trends.map(({ setting, degree, ...trend }) => ({
      ...{ factor: nameOf(setting.path), degree, ...contrastJson(trend) },
    })),
    simpleEffects: data.conditions.flatMap(({ at, effects }) =>
      effects.map(({ setting, degreesOfFreedom, sumOfSquares, test }) => ({
        ...{ at: namedLevels(at), factor: nameOf(setting.path), df: degreesOfFreedom },
        ...{ F: test?.f ?? null, p: test?.p ?? null, sumOfSquares },
      })),
    ),
    importance:
      importance &&
      importance.rows.map(({ settings, share, low, high }) => ({
        factors: settings.map(({ path }) => nameOf(path)),
        ...{ share, interval: [low, high] },
      })),
    simpleMeans: data.conditions.flatMap(({ at, means }) =>
      means.map((mean) => ({ at: namedLevels(at), ...meanJson(mean) })),
    ),
  };
}

function sourceJson({ degreesOfFreedom, sumOfSquares, etaSquared }: AnovaData['anova']['residual']): unknown {
  return { df: degreesOfFreedom, sumOfSquares, etaSquared };
}

function meanJson({ setting, value, ...mean }: MeanRow): object {
  return { factors: { [nameOf(setting.path)]: value }, ...gridMeanJson(mean) };
}

function gridMeanJson({ mean, low, high, n }: Pick<MeanRow, 'mean' | 'low' | 'high' | 'n'>): object {
  return { mean, interval: low === null || high === null ? null : [low, high], n };
}

function contrastJson({
  estimate,
  low,
  high,
  t,
  degreesOfFreedom,
  p,
}: Pick<AnovaData['trends'][number], 'estimate' | 'low' | 'high' | 't' | 'degreesOfFreedom' | 'p'>): object {
  return { estimate, interval: [low, high], t, df: degreesOfFreedom, p };
}

function namedLevels(at: Condition): Condition {
  return Object.fromEntries(Object.entries(at).map(([path, value]) => [nameOf(path), value]));
}
