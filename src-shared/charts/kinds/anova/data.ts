import { Problem } from '../../../mistakes/problem.ts';
import { andList } from '../../../lists.ts';
import { resolveColumn } from '../../../runs/resolve-column.ts';
import type { Level } from '../../../statistics/anova/design.ts';
import {
  type AnovaEffect,
  type FactorialAnova,
  factorialAnova,
  type SquaresType,
} from '../../../statistics/anova/factorial-anova.ts';
import { type FactorialFit, fitFactorial } from '../../../statistics/anova/fit-factorial.ts';
import type { AtLevels } from '../../../statistics/anova/grid-mean.ts';
import { type LevelDifference, levelDifferences } from '../../../statistics/anova/level-differences.ts';
import { type MarginalMean, marginalMeans } from '../../../statistics/anova/marginal-means.ts';
import { type SimpleEffect, simpleEffects } from '../../../statistics/anova/simple-effects.ts';
import { type Trend, trends } from '../../../statistics/anova/trends.ts';
import { cutAt } from '../../../statistics/interval.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { factorText } from '../../../studies/factor-text.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import {
  type CellTable,
  sameSetting,
  settingLabel,
  settingsText,
  type VaryingSetting,
} from '../../cells/measured-cell.ts';
import { capital, type Quantity } from '../../quantity.ts';
import { anovaNotes, methodText } from './notes.ts';

/** One condition at which effects are wanted: values of some settings, by path. */
export type Condition = Readonly<Record<string, FactorValue>>;

export interface AnovaModel {
  readonly order: number;
  readonly type: SquaresType;
  /** Settings that are numbers, by path or any of their names. */
  readonly numeric: readonly string[];
  /** Of which setting each value is a condition for simple effects, or such conditions themselves. */
  readonly at: string | readonly Condition[] | null;
  /** Of equivalence, as the quantity is shown; null without. */
  readonly margin: number | null;
}

/** Of a chart. */
export interface ChartSettings {
  readonly metric: string;
  readonly order: '1' | '2' | '3' | '4';
  readonly type: '2' | '3';
  readonly numeric: readonly string[] | null;
  readonly at?: string | null;
  readonly margin?: number | null;
}

export function anovaModel({ order, type, numeric, at = null, margin = null }: ChartSettings): AnovaModel {
  return { ...{ numeric: numeric ?? [], at, margin }, order: Number(order), type: type === '3' ? 3 : 2 };
}

/** Simple effects and the means that they compare, at one condition. */
export interface ConditionData {
  readonly at: Condition;
  /** `SR = 0.5, bypass = simple`. */
  readonly label: string;
  readonly effects: readonly (SimpleEffect & { readonly setting: VaryingSetting })[];
  /** Of which the runs do not tell the effect here. */
  readonly unknown: readonly VaryingSetting[];
  readonly means: readonly MeanRow[];
}

export interface MeanRow extends MarginalMean {
  /** The setting whose level is in the row's own, and its value. */
  readonly setting: VaryingSetting;
  readonly value: FactorValue;
}

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
  return interval.map((end) => end.toFixed(3)).join(' to ');
}

export interface AnovaData {
  readonly quantity: Quantity;
  readonly n: number;
  /** Runs that there should be. */
  readonly wanted: number;
  readonly blocked: boolean;
  readonly order: number;
  readonly anova: FactorialAnova;
  readonly effects: readonly EffectRow[];
  readonly means: readonly MeanRow[];
  readonly differences: readonly DifferenceRow[];
  readonly trends: readonly TrendRow[];
  readonly conditions: readonly ConditionData[];
  /** Of equivalence, in the quantity's own unit; null without. */
  readonly margin: number | null;
  /** e.g. `26 of 27 runs, type II, the seed as a block`. */
  readonly method: string;
  /** The runs that do not count: `1 diverged, 2 not begun`; empty where all do. */
  readonly leftOut: string;
  /** Which runs are left out and why, and what else there is; sentences. */
  readonly account: readonly string[];
  /** Which means and simple effects cannot be estimated, and why; sentences, which `notes` have too. */
  readonly unknown: readonly string[];
  /** What the shares are, and what cannot be estimated; sentences. */
  readonly notes: readonly string[];
}

/**
 * Main effects and interactions of all settings that vary, over all runs that have a value, with marginal means, differences,
 * trends and simple effects.
 *
 * @throws Problem `usage` for a name that is of no setting that varies, and as `fitFactorial` and `factorialAnova`.
 */
export function anovaData(
  table: CellTable,
  { order, type, numeric, at, margin: shown }: AnovaModel,
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
  };
  const wantedAt = named ? named.values.map((value) => ({ [named.path]: value })) : listed(at);
  const conditions = wantedAt.map((condition) => conditionData(context, table, condition));
  const means = meanRows(context, new Map());
  const unknown = [...unknownMeans(context, means), ...conditions.flatMap(unknownEffects)];
  return {
    ...{ ...told, margin, method: methodText(told, fit.design.factors.length) },
    effects: anova.effects.map((effect) => effectRow(effect, places)),
    means,
    differences: levelDifferences(fit, margin).map((difference) => differenceRow(context, difference)),
    trends: trends(fit).map((trend) => ({ ...trend, setting: settingAt(places, trend.factor) })),
    conditions,
    leftOut: leftOutText(leftOut, quantity.title),
    account: accountNotes(table).map((note) => `${capital(note)}.`),
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

interface Context {
  readonly fit: FactorialFit;
  readonly quantity: Quantity;
  /** The settings of the design's factors, which leaves out those with one level. */
  readonly places: readonly VaryingSetting[];
}

function listed(at: AnovaModel['at']): readonly Condition[] {
  return typeof at === 'string' || at === null ? [] : at;
}

/** @param name path or any name of a column. @throws Problem `usage` for a setting that does not vary */
export function varyingSetting({ varying }: Pick<CellTable, 'varying'>, name: string): VaryingSetting {
  const path = resolveColumn(name)?.key ?? name;
  const found = varying.find((setting) => setting.path === path || setting.path === name);
  if (found) return found;
  const all = varying.map((setting) => setting.path);
  throw new Problem(
    'usage',
    `${name} does not vary among these runs${all.length === 0 ? '.' : `; what does: ${andList(all)}.`}`,
  );
}

/** Numbers are levels by their size; of anything else its label tells it. */
function levelOf(setting: VaryingSetting, value: FactorValue | undefined): Level {
  if (value === null || value === undefined || typeof value === 'number') return value ?? null;
  return settingLabel(setting, value);
}

function valueOf(setting: VaryingSetting, level: Level): FactorValue {
  return setting.values.find((value) => levelOf(setting, value) === level) ?? level;
}

function settingsOf({ design }: FactorialFit, varying: readonly VaryingSetting[]): VaryingSetting[] {
  const constant = new Set(design.constant.map(({ place }) => place));
  return varying.filter((_, place) => !constant.has(place));
}

function settingAt(places: readonly VaryingSetting[], place: number): VaryingSetting {
  const setting = places[place];
  if (!setting) throw new Error(`there is no factor ${place}`);
  return setting;
}

function effectRow(effect: AnovaEffect, places: readonly VaryingSetting[]): EffectRow {
  const settings = effect.factors.map((place) => settingAt(places, place));
  return { ...effect, settings, title: settings.map(({ title }) => title).join(' × ') };
}

function meanRows({ fit, quantity, places }: Context, at: AtLevels): MeanRow[] {
  return marginalMeans(fit, at).map((found) => {
    const place = [...found.at.keys()].find((factor) => !at.has(factor)) ?? 0;
    const setting = settingAt(places, place);
    const value = valueOf(setting, found.at.get(place) ?? null);
    return { ...found, ...cutAt(found, quantity.range), setting, value };
  });
}

function unknownEffects({ label, unknown }: ConditionData): string[] {
  if (unknown.length === 0) return [];
  return [
    `At ${label}: no simple effect of ${andList(unknown.map(({ title }) => title))}, as not all combinations have complete runs or exist.`,
  ];
}

/** Of which levels there is no mean. */
function unknownMeans({ fit, places }: Context, known: readonly MeanRow[]): string[] {
  return fit.design.factors.flatMap(({ levels, isNumeric }, place) => {
    const own = known.filter(({ at }) => at.has(place));
    const missing = isNumeric ? [] : levels.filter((level) => !own.some(({ at }) => at.get(place) === level));
    if (missing.length === 0) return [];
    const which = missing.length === levels.length ? '' : ` of ${andList(missing.map(String))}`;
    return [
      `${capital(settingAt(places, place).title)}: no marginal mean${which}, as not all combinations with the other factors have complete runs.`,
    ];
  });
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

/** @throws Problem `usage` for a value that a setting does not have */
function conditionData(context: Context, table: CellTable, at: Condition): ConditionData {
  const { fit, places } = context;
  const given = Object.entries(at).map(([name, value]) => {
    const setting = varyingSetting(table, name);
    const known = setting.values.find(
      (each) => sameSetting(each, value) || factorText(each) === factorText(value),
    );
    if (known === undefined)
      throw new Problem(
        'usage',
        `${setting.title} has no value ${factorText(value)} among these runs; it has ${andList(setting.labels)}.`,
      );
    return { setting, value: known };
  });
  const levels: AtLevels = new Map(
    given.flatMap(({ setting, value }): [number, Level][] => {
      const place = places.indexOf(setting);
      return place < 0 ? [] : [[place, levelOf(setting, value)]];
    }),
  );
  const settings = Object.fromEntries(given.map(({ setting, value }) => [setting.path, value]));
  const effects = simpleEffects(fit, levels).map((effect) => ({
    ...effect,
    setting: settingAt(places, effect.factor),
  }));
  const isShown = (place: number): boolean =>
    levels.has(place) || effects.some(({ factor }) => factor === place);
  return {
    ...{ at: settings, effects },
    label: settingsText(
      given.map(({ setting }) => setting),
      settings,
    ),
    unknown: places.filter((_, place) => !isShown(place)),
    means: meanRows(context, levels),
  };
}
