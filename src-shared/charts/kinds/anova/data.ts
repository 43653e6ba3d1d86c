import { fixed } from '../../../numbers.ts';
import {
  type AnovaEffect,
  type FactorialAnova,
  factorialAnova,
} from '../../../statistics/anova/factorial-anova.ts';
import { type FactorialFit, fitFactorial } from '../../../statistics/anova/fit-factorial.ts';
import { type LevelDifference, levelDifferences } from '../../../statistics/anova/level-differences.ts';
import { pairMeans } from '../../../statistics/anova/marginal-means.ts';
import { type Trend, trends } from '../../../statistics/anova/trends.ts';
import { cutAt } from '../../../statistics/interval.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import type { CellTable, VaryingSetting } from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';
import { type Condition, type ConditionData, conditionData, unknownEffects } from './condition-data.ts';
import { type ContrastRow, contrastRows } from './contrast-rows.ts';
import { readContrasts } from './contrast-text.ts';
import { type Context, levelOf, settingAt, settingsOf, valueOf, varyingSetting } from './factor-settings.ts';
import { type MeanRow, meanRows, type PairData, pairData, unknownMeans, unknownPair } from './mean-rows.ts';
import type { AnovaModel } from './model.ts';
import { anovaNotes, methodText } from './notes.ts';

export interface DifferenceRow extends LevelDifference {
  readonly setting: VaryingSetting;
  readonly values: readonly [from: FactorValue, to: FactorValue];
}

interface TrendRow extends Trend {
  readonly setting: VaryingSetting;
}

export interface EffectRow extends AnovaEffect {
  readonly settings: readonly VaryingSetting[];
  /** `squeeze ratio`, `squeeze ratio × 3×3 share`. */
  readonly title: string;
}

/** What is left beside the effects: the seed, where it is a block, and the residual. */
export function restOf({
  seeds,
  residual,
}: FactorialAnova): (FactorialAnova['residual'] & { readonly title: string })[] {
  return [...(seeds ? [{ title: 'seed', ...seeds }] : []), { title: 'residual', ...residual }];
}

/** `0.123 to 0.456`, of partial omega squared. */
export function omegaInterval({ interval }: NonNullable<AnovaEffect['test']>): string {
  return interval.map((end) => fixed(end, 3)).join(' to ');
}

export interface AnovaData {
  readonly quantity: Quantity;
  readonly n: number;
  /** Runs that there should be. */
  readonly wanted: number;
  readonly blocked: boolean;
  /** Of the runs. */
  readonly seeds: number;
  readonly order: number;
  readonly anova: FactorialAnova;
  readonly effects: readonly EffectRow[];
  readonly means: readonly MeanRow[];
  /** For each interaction of two in the model. */
  readonly pairs: readonly PairData[];
  readonly differences: readonly DifferenceRow[];
  readonly contrasts: readonly ContrastRow[];
  readonly trends: readonly TrendRow[];
  readonly conditions: readonly ConditionData[];
  /** Of equivalence, in the quantity's own unit; null without. */
  readonly margin: number | null;
  /** e.g. `26 of 27 runs, type II, the seed as a block`. */
  readonly method: string;
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** Which runs are left out and why, and what else there is; notes as those of every chart. */
  readonly account: readonly string[];
  /** Which means and simple effects cannot be estimated, and why; sentences, which `notes` have too. */
  readonly unknown: readonly string[];
  /** What the shares are, and what cannot be estimated; sentences. */
  readonly notes: readonly string[];
}

/**
 * Main effects and interactions of all settings that vary, over all runs that have a value, with marginal means, differences,
 * contrasts, trends and simple effects.
 *
 * @throws Problem `usage` for a name that is of no setting that varies, and as `fitFactorial` and `factorialAnova`.
 */
export function anovaData(
  table: CellTable,
  { order, type, numeric, at, contrast, margin: shown }: AnovaModel,
): AnovaData {
  const { cells, varying, quantity } = table;
  const numbers = new Set(numeric.map((name) => varyingSetting(table, name)));
  const named = typeof at === 'string' ? varyingSetting(table, at) : null;
  const runs = cells.flatMap(({ settings, measured }) => {
    const levels = varying.map((setting) => levelOf(setting, settings[setting.path]));
    return measured.map(({ seed, value }) => ({ levels, seed, value }));
  });
  const factors = varying.map((setting) => ({ name: setting.title, isNumeric: numbers.has(setting) }));
  const { fit, anova } = fittedOnce(table, JSON.stringify({ factors, order, type }), () => {
    const fitted = fitFactorial(runs, factors, order);
    return { fit: fitted, anova: factorialAnova(fitted, type) };
  });
  const places = settingsOf(fit, varying);
  const context: Context = { fit, quantity, places };
  const margin = shown === null ? null : shown / quantity.scale;
  const leftOut = cells.flatMap((cell) => cell.leftOut);
  const told = {
    quantity,
    anova,
    order,
    n: fit.n,
    wanted: fit.n + leftOut.length,
    blocked: fit.design.blocked,
    seeds: fit.design.seeds,
  };
  const wantedAt = named ? named.values.map((value) => ({ [named.path]: value })) : listed(at);
  const conditions = wantedAt.map((condition) => conditionData(context, table, condition));
  const means = meanRows(context, new Map());
  const pairs = pairMeans(fit);
  const own = contrastRows(context, table, readContrasts(contrast ?? ''));
  const unknown = [
    ...unknownMeans(context, means),
    ...pairs.flatMap((pair) => unknownPair(context, pair)),
    ...own.unknown,
    ...conditions.flatMap(unknownEffects),
  ];
  return {
    ...{ ...told, margin, method: methodText(told, fit.design.factors.length) },
    effects: anova.effects.map((effect) => effectRow(effect, places)),
    means,
    pairs: pairs.map((pair) => pairData(context, pair)).filter((pair) => pair.means.length > 0),
    contrasts: own.rows,
    differences: levelDifferences(fit, margin).map((difference) => differenceRow(context, difference)),
    trends: trends(fit).map((trend) => ({ ...trend, setting: settingAt(places, trend.factor) })),
    conditions,
    leftOut: leftOutText(leftOut, quantity.title),
    account: accountNotes(table),
    unknown,
    notes: [...anovaNotes(told, fit.design.factors.length), ...unknown],
  };
}

interface Fitted {
  readonly fit: FactorialFit;
  readonly anova: FactorialAnova;
}

/** The last model of a table, which its chart and its tables share. */
const FITTED = new WeakMap<CellTable, Fitted & { readonly model: string }>();

function fittedOnce(table: CellTable, model: string, fit: () => Fitted): Fitted {
  const known = FITTED.get(table);
  if (known?.model === model) return known;
  const fitted = { ...fit(), model };
  FITTED.set(table, fitted);
  return fitted;
}

function listed(at: AnovaModel['at']): readonly Condition[] {
  return typeof at === 'string' || at === null ? [] : at;
}

function effectRow(effect: AnovaEffect, places: readonly VaryingSetting[]): EffectRow {
  const settings = effect.factors.map((place) => settingAt(places, place));
  return { ...effect, settings, title: settings.map(({ title }) => title).join(' × ') };
}

function differenceRow({ quantity, places }: Context, found: LevelDifference): DifferenceRow {
  const setting = settingAt(places, found.factor);
  const [least, most] = quantity.range;
  const { low, high } = cutAt(found, [least - most, most - least]);
  return {
    ...{ ...found, setting, low: low ?? found.low, high: high ?? found.high },
    values: [valueOf(setting, found.from), valueOf(setting, found.to)],
  };
}
