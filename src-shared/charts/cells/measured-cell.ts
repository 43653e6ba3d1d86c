import { Problem } from '../../mistakes/problem.ts';
import { factorNames, factorText, namedValues } from '../../studies/factor-text.ts';
import type { LeftOut } from '../../runs/account.ts';
import type { NetworkContext } from '../../networks/family.ts';
import type { ComputedWith } from '../../runs/computed-with.ts';
import type { TInterval } from '../../statistics/interval.ts';
import type { Cell, FactorValue } from '../../studies/cell.ts';
import type { SeedDecision } from '../../studies/seeds-until.ts';
import { capital, type Quantity } from '../quantity.ts';

/** A complete run that has a value. */
export interface MeasuredRun {
  readonly run: string;
  readonly seed: number;
  readonly value: number;
  /** Its value in the quantity by which the best cell is chosen; null where it has none. */
  readonly judged: number | null;
  /** Of its value, within the run; absent without one. */
  readonly interval?: readonly [low: number, high: number];
}

/** A cell with the runs that count as its replicates, or an imported network as a cell of its own. */
export interface MeasuredCell {
  readonly id: string;
  /** What it is called, where that is not by the settings that vary. */
  readonly name?: string;
  /** Not of a study. */
  readonly isImported?: true;
  /** Of an imported network, which is of no data set. */
  readonly images?: NetworkContext;
  readonly study: string;
  readonly dataset: string;
  /** Its description; null where the cell is not known (any more). */
  readonly network: Cell['network'] | null;
  /** Of the settings that vary, by path. */
  readonly settings: Readonly<Record<string, FactorValue>>;
  /** By rising seed. */
  readonly measured: readonly MeasuredRun[];
  /** Each value is the mean over the run's pairs with the other seeds. */
  readonly isOfPairs?: true;
  /** What has been decided about its seeds where a rule adds them. */
  readonly decision?: SeedDecision;
  /** Mean and 95 % t interval of these. */
  readonly interval: TInterval;
  /** Ids of all its runs, those that failed or wait included. */
  readonly runs: readonly string[];
  /** Those that do not count, and why. */
  readonly leftOut: readonly LeftOut[];
  /** How many of the measured ones the file of their study does not ask for. */
  readonly unasked: number;
  /** What computed each of the measured ones. */
  readonly computedWith: readonly ComputedWith[];
  /** Null where the network is unknown, as are the multiply-accumulates. */
  readonly parameters: number | null;
  readonly macs: number | null;
}

/** Whether there is a cell for each combination of values, whatever became of its runs: of other designs effects are often not told apart. */
export function isWholeGrid({ cells, varying }: Pick<CellTable, 'cells' | 'varying'>): boolean {
  return cells.length >= varying.reduce((product, { values }) => product * values.length, 1);
}

/** A setting that has more than one value among the cells, with its values in order. */
export interface VaryingSetting {
  readonly path: string;
  readonly title: string;
  readonly short: string;
  /** Numbers ascending, then the others in the order of the cells. */
  readonly values: readonly FactorValue[];
  /** What each of them is called: short, and no two alike. */
  readonly labels: readonly string[];
  /** Whether somebody has put the values into another order, in which they stand evenly. */
  readonly isArranged?: boolean;
}

/** @param so what follows from a setting that does not vary. @throws Problem `usage` for such a one */
export function requireVarying(varying: readonly VaryingSetting[], path: string, so: string): VaryingSetting {
  const found = varying.find((setting) => setting.path === path);
  if (found) return found;
  const { title } = factorNames(path);
  throw new Problem('usage', `${capital(title)} (${path}) has only one value in these runs, so ${so}`);
}

/** `Varying: network.sr, network.pct3x3.` */
export function varyingText(varying: readonly VaryingSetting[]): string {
  return varying.length === 0 ? 'Nothing varies.' : `Varying: ${varying.map(({ path }) => path).join(', ')}.`;
}

/** Whether the cost of any cell is known, so that it has a place in tables. */
export function areCosted(cells: readonly Pick<MeasuredCell, 'parameters' | 'macs'>[]): boolean {
  return cells.some(({ parameters, macs }) => parameters !== null || macs !== null);
}

export interface CellTable {
  readonly quantity: Quantity;
  /** By what the best cell is chosen: of a result on the test part the same on the validation part. */
  readonly judge: Quantity;
  readonly cells: readonly MeasuredCell[];
  /** Squeeze ratio and 3x3 share first. */
  readonly varying: readonly VaryingSetting[];
  /** What is to be said of runs that the study's file does not ask for, and that are in no cell; empty without such. */
  readonly aside: string;
  /** What is to be said of an accuracy where classes differ much in size; else empty. */
  readonly balance: string;
  /** What is to be said of times of runs that were not trained in one stretch; else empty. */
  readonly times: string;
}

/** What a value of a setting is called among those that it has. */
export function settingLabel({ values, labels }: VaryingSetting, value: FactorValue | undefined): string {
  const key = settingKey(value);
  return labels[values.findIndex((each) => settingKey(each) === key)] ?? factorText(value);
}

/** `SR = 0.25, 3×3 = 0.5`: a cell by its values of these settings; empty without any. */
export function settingsText(
  varying: readonly VaryingSetting[],
  settings: Readonly<Record<string, FactorValue>>,
): string {
  const byPath = new Map(varying.map((setting) => [setting.path, setting]));
  return namedValues(
    [...byPath.keys()],
    (path) => {
      const setting = byPath.get(path);
      return setting ? settingLabel(setting, settings[path]) : '';
    },
    (path) => byPath.get(path) ?? factorNames(path),
  );
}

/** What a cell is called among the others: by its settings, or by its name. */
export function cellText(
  varying: readonly VaryingSetting[],
  { name, settings }: Pick<MeasuredCell, 'name' | 'settings'>,
): string {
  return name ?? settingsText(varying, settings);
}

/** Text by which two values of a setting are the same. */
export function settingKey(value: FactorValue | undefined): string {
  return JSON.stringify(value ?? null);
}

export function sameSetting(one: FactorValue | undefined, other: FactorValue | undefined): boolean {
  return settingKey(one) === settingKey(other);
}

/** Ids of the runs that count in cells. */
export function countedRuns({ cells }: Pick<CellTable, 'cells'>): string[] {
  return cells.flatMap(({ measured }) => measured.map(({ run }) => run));
}
