import { andList } from '../../../lists.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { resolveColumn } from '../../../runs/resolve-column.ts';
import type { Level } from '../../../statistics/anova/design.ts';
import type { FactorialFit } from '../../../statistics/anova/fit-factorial.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { factorText } from '../../../studies/factor-text.ts';
import { type CellTable, sameSetting, settingLabel, type VaryingSetting } from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';

/** A fitted model, and what its factors are as settings. */
export interface Context {
  readonly fit: FactorialFit;
  readonly quantity: Quantity;
  /** The settings of the design's factors, which leaves out those with one level. */
  readonly places: readonly VaryingSetting[];
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
export function levelOf(setting: VaryingSetting, value: FactorValue | undefined): Level {
  if (value === null || value === undefined || typeof value === 'number') return value ?? null;
  return settingLabel(setting, value);
}

export function valueOf(setting: VaryingSetting, level: Level): FactorValue {
  return setting.values.find((value) => levelOf(setting, value) === level) ?? level;
}

export function settingsOf({ design }: FactorialFit, varying: readonly VaryingSetting[]): VaryingSetting[] {
  const constant = new Set(design.constant.map(({ place }) => place));
  return varying.filter((_, place) => !constant.has(place));
}

export function settingAt(places: readonly VaryingSetting[], place: number): VaryingSetting {
  const setting = places[place];
  if (!setting) throw new Error(`there is no factor ${place}`);
  return setting;
}

/** @throws Problem `usage` for a value that a setting does not have */
export function settingValue(setting: VaryingSetting, value: FactorValue): FactorValue {
  const found = setting.values.find(
    (each) =>
      sameSetting(each, value) ||
      factorText(each) === factorText(value) ||
      settingLabel(setting, each) === value ||
      (typeof each === 'number' && value !== '' && each === Number(value)),
  );
  if (found !== undefined) return found;
  throw new Problem(
    'usage',
    `The value ${factorText(value)} of ${setting.title} is not among these runs; they have ${andList(setting.labels)}.`,
  );
}
