import { andList } from '../../../lists.ts';
import { cellName } from '../../../statistics/anova/design.ts';
import type { AtLevels } from '../../../statistics/anova/grid-mean.ts';
import {
  type MarginalMean,
  marginalMeans,
  type PairMeans,
} from '../../../statistics/anova/marginal-means.ts';
import { someOf } from '../../../statistics/anova/why-not-estimable.ts';
import { cutAt } from '../../../statistics/interval.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import type { VaryingSetting } from '../../cells/measured-cell.ts';
import { capital } from '../../quantity.ts';
import { type Context, settingAt, valueOf } from './factor-settings.ts';

export interface MeanRow extends MarginalMean {
  /** The setting whose level is in the row's own, and its value. */
  readonly setting: VaryingSetting;
  readonly value: FactorValue;
}

/** The means at each combination of two settings. */
export interface PairData {
  readonly settings: readonly [one: VaryingSetting, other: VaryingSetting];
  /** `squeeze ratio × 3×3 share`. */
  readonly title: string;
  readonly means: readonly (MarginalMean & { readonly values: readonly [FactorValue, FactorValue] })[];
}

export function meanRows({ fit, quantity, places }: Context, at: AtLevels): MeanRow[] {
  return marginalMeans(fit, at).map((found) => {
    const place = [...found.at.keys()].find((factor) => !at.has(factor)) ?? 0;
    const setting = settingAt(places, place);
    const value = valueOf(setting, found.at.get(place) ?? null);
    return { ...found, ...cutAt(found, quantity.range), setting, value };
  });
}

/** Of which levels there is no mean. */
export function unknownMeans({ fit, places }: Context, known: readonly MeanRow[]): string[] {
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

export function pairData({ quantity, places }: Context, { factors, means }: PairMeans): PairData {
  const [one, other] = [settingAt(places, factors[0]), settingAt(places, factors[1])];
  return {
    ...{ settings: [one, other], title: `${one.title} × ${other.title}` },
    means: means.map((found) => ({
      ...{ ...found, ...cutAt(found, quantity.range) },
      values: [
        valueOf(one, found.at.get(factors[0]) ?? null),
        valueOf(other, found.at.get(factors[1]) ?? null),
      ],
    })),
  };
}

/** Of which combinations there is no mean. */
export function unknownPair(context: Context, { factors, combinations, means, untold }: PairMeans): string[] {
  const title = factors.map((place) => settingAt(context.places, place).title).join(' × ');
  if (means.length === 0 && untold.length === 0)
    return [
      `${capital(title)}: no means of its ${combinations} combinations, which are too many for a table.`,
    ];
  if (untold.length === 0) return [];
  return [
    `${capital(title)}: no mean at ${someOf(untold.map(cellName))}, as not all combinations with the other factors have complete runs or exist.`,
  ];
}
