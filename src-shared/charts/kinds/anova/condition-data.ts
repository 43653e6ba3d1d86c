import { andList } from '../../../lists.ts';
import type { Level } from '../../../statistics/anova/design.ts';
import type { AtLevels } from '../../../statistics/anova/grid-mean.ts';
import { type SimpleEffect, simpleEffects } from '../../../statistics/anova/simple-effects.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { type CellTable, settingsText, type VaryingSetting } from '../../cells/measured-cell.ts';
import { type Context, levelOf, settingAt, settingValue, varyingSetting } from './factor-settings.ts';
import { type MeanRow, meanRows } from './mean-rows.ts';

/** One condition at which effects are wanted: values of some settings, by path. */
export type Condition = Readonly<Record<string, FactorValue>>;

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

/** @throws Problem `usage` for a value that a setting does not have */
export function conditionData(context: Context, table: CellTable, at: Condition): ConditionData {
  const { fit, places } = context;
  const given = Object.entries(at).map(([name, value]) => {
    const setting = varyingSetting(table, name);
    return { setting, value: settingValue(setting, value) };
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

export function unknownEffects({ label, unknown }: ConditionData): string[] {
  if (unknown.length === 0) return [];
  return [
    `At ${label}: no simple effect of ${andList(unknown.map(({ title }) => title))}, as not all combinations have complete runs or exist.`,
  ];
}
