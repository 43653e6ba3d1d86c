import { holmAdjusted } from '../../statistics/holm.ts';
import { isBelow } from '../../statistics/judge-comparisons.ts';
import type { AnovaData, DifferenceRow, EffectRow } from '../kinds/anova/data.ts';
import { sameSetting, settingKey, type VaryingSetting } from '../cells/measured-cell.ts';
import type { FactorValue } from '../../studies/cell.ts';

/** A difference of two marginal means, from the better level to the worse one (without a better one, from the lower to the higher). */
export interface ToldDifference {
  readonly from: FactorValue;
  readonly to: FactorValue;
  /** Of the mean at `to` less that at `from`, without its sign; so are the ends of the 95 % interval. */
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

/** The main effect of one factor as it is told in a sentence. */
export interface ToldFactor {
  readonly setting: VaryingSetting;
  /** The largest difference of two of its levels; null where only neighbours were compared, which are not the ends. */
  readonly difference: ToldDifference | null;
  /** The levels with the best and the worst marginal mean. */
  readonly best: Level;
  readonly worst: Level;
  /** Of the difference, or of the F test of the effect where there is none; adjusted for all tests of the answer. */
  readonly adjustedP: number;
  readonly isSignificant: boolean;
}

interface Level {
  readonly value: FactorValue;
  readonly mean: number;
  /** Runs at the level. */
  readonly n: number;
}

/** The interaction of two factors: how the largest difference of one changes with the level of the other. */
export interface ToldInteraction {
  readonly settings: readonly [VaryingSetting, VaryingSetting];
  /** Where the difference of the first factor's best and worst level is the least and the greatest; null where not all means are known. */
  readonly range: { readonly least: AtLevel; readonly most: AtLevel } | null;
  readonly adjustedP: number;
}

interface AtLevel {
  readonly value: FactorValue;
  /** Mean at the worse level less that at the better one, with its sign: negative where more is better. */
  readonly difference: number;
}

export interface AnswerEffects {
  /** The significant ones first, then by the size of the difference. */
  readonly factors: readonly ToldFactor[];
  /** Those that are significant. */
  readonly interactions: readonly ToldInteraction[];
  /** How many p values were adjusted together. */
  readonly tests: number;
}

/**
 * What an analysis of variance says in an answer: of each factor the largest difference between levels, and the interactions. The
 * p values of all differences of levels and of all interactions are adjusted together by Holm's method, so that the probability of
 * any false claim of the answer is at most 5 %. Of a factor with more levels than are compared in pairs its F test counts.
 */
export function answerEffects(data: AnovaData): AnswerEffects {
  const mains = data.effects.flatMap(({ settings: [setting, ...others], test }) =>
    setting && others.length === 0 && test ? [{ setting, test, ...levelsOf(data, setting) }] : [],
  );
  const interactions = data.effects.filter(({ settings, test }) => settings.length === 2 && test !== null);
  const family = [
    ...mains.flatMap(({ test, all, isPairwise }) => (isPairwise ? all.map(({ p }) => p) : [test.p])),
    ...interactions.map(({ test }) => test?.p ?? 1),
  ];
  const adjusted = holmAdjusted(family);
  let place = 0;
  const factors = mains.flatMap(({ setting, all, isPairwise, levels }): ToldFactor[] => {
    const first = place;
    place += isPairwise ? all.length : 1;
    const [best, worst] = ends(data, levels);
    if (!best || !worst) return [];
    const found = isPairwise ? all.findIndex((row) => isBetween(row, best, worst)) : -1;
    const row = all[found];
    const adjustedP = adjusted[first + Math.max(0, found)] ?? 1;
    const difference = row ? toldDifference(row, best, worst) : null;
    return [{ setting, difference, best, worst, adjustedP, isSignificant: isBelow(adjustedP) }];
  });
  const together = interactions.flatMap((effect, index): ToldInteraction[] => {
    const adjustedP = adjusted[place + index] ?? 1;
    return isBelow(adjustedP) ? told(data, effect, factors, adjustedP) : [];
  });
  return {
    factors: factors.toSorted(
      (a, b) => Number(b.isSignificant) - Number(a.isSignificant) || sizeOf(b) - sizeOf(a),
    ),
    interactions: together,
    tests: family.length,
  };
}

function sizeOf({ best, worst }: ToldFactor): number {
  return Math.abs(best.mean - worst.mean);
}

function levelsOf(
  { means, differences }: AnovaData,
  setting: VaryingSetting,
): {
  readonly levels: readonly Level[];
  readonly all: readonly DifferenceRow[];
  readonly isPairwise: boolean;
} {
  const levels = means
    .filter((row) => row.setting === setting)
    .map(({ value, mean, n }) => ({ value, mean, n }));
  const all = differences.filter((row) => row.setting === setting);
  return {
    levels,
    all,
    isPairwise: all.length > 0 && all.length === (levels.length * (levels.length - 1)) / 2,
  };
}

/** The best level first; where neither direction is better, the lowest. */
function ends({ quantity }: AnovaData, levels: readonly Level[]): readonly (Level | undefined)[] {
  const sorted = levels.toSorted((a, b) => a.mean - b.mean);
  const both = [sorted[0], levels.length > 1 ? sorted.at(-1) : undefined];
  return quantity.better === 'higher' ? both.toReversed() : both;
}

function isBetween({ values: [one, other] }: DifferenceRow, best: Level, worst: Level): boolean {
  return (
    (sameSetting(one, best.value) && sameSetting(other, worst.value)) ||
    (sameSetting(one, worst.value) && sameSetting(other, best.value))
  );
}

function toldDifference(
  { estimate, low, high }: DifferenceRow,
  { value: from }: Level,
  { value: to }: Level,
): ToldDifference {
  return estimate < 0
    ? { from, to, size: -estimate, low: -high, high: -low }
    : { from, to, size: estimate, low, high };
}

function told(
  { pairs }: AnovaData,
  { settings }: EffectRow,
  factors: readonly ToldFactor[],
  adjustedP: number,
): ToldInteraction[] {
  const both = factors.filter(({ setting }) => settings.includes(setting));
  const [larger, smaller] = both.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  if (!larger || !smaller) {
    const [one, other] = settings;
    return one && other ? [{ settings: [one, other], range: null, adjustedP }] : [];
  }
  const pair = pairs.find((each) => each.settings.every((setting) => settings.includes(setting)));
  const isFirst = pair?.settings[0] === larger.setting;
  const means = new Map(
    pair?.means.map(({ values: [one, other], mean }) => [
      `${settingKey(isFirst ? one : other)} ${settingKey(isFirst ? other : one)}`,
      mean,
    ]),
  );
  const at = smaller.setting.values.map((value) => {
    const mean = (level: Level): number =>
      means.get(`${settingKey(level.value)} ${settingKey(value)}`) ?? NaN;
    return { value, difference: mean(larger.worst) - mean(larger.best) };
  });
  const sorted = at.toSorted((a, b) => a.difference - b.difference);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const isKnown = at.every(({ difference }) => Number.isFinite(difference));
  const range = isKnown && least && most ? { least, most } : null;
  return [{ settings: [larger.setting, smaller.setting], range, adjustedP }];
}
