import type { FactorValue } from '../../../studies/cell.ts';
import { settingKey, type VaryingSetting } from '../../cells/measured-cell.ts';

/** The values of a setting that colours or dashes stand for. */
export interface LineCode {
  readonly path: string;
  readonly title: string;
  readonly labels: readonly string[];
}

/** By what lines are told apart where not each of them has a look of its own. */
export interface LineCodes {
  readonly colours: LineCode;
  readonly dashes: LineCode | null;
  /** Titles of settings in which lines of one look may differ. */
  readonly untold: readonly string[];
}

/** Places of a line's values among the labels of the codes. */
export interface LinePlaces {
  readonly colour: number;
  readonly dash: number;
}

/** As many as the palette can tell apart. */
const MOST_COLOURS = 7;
const MOST_DASHES = 5;

/**
 * Colours for the values of the asked setting, or else of the first one that has few enough; dashes for those of the next;
 * null where there is no such setting.
 *
 * @param settings those that vary, each with one value in every line.
 * @param valuesOf of each line, by path.
 * @param colourBy path
 */
export function lineCodes(
  settings: readonly VaryingSetting[],
  valuesOf: readonly Readonly<Record<string, FactorValue>>[],
  colourBy: string | null = null,
): { readonly codes: LineCodes; readonly places: readonly LinePlaces[] } | null {
  const few = settings.filter(canColour);
  const first = few.find(({ path }) => path === colourBy) ?? few[0];
  if (!first) return null;
  const second = settings.find((setting) => setting !== first && setting.values.length <= MOST_DASHES);
  return {
    codes: {
      colours: codeOf(first),
      dashes: second ? codeOf(second) : null,
      untold: settings.filter((setting) => setting !== first && setting !== second).map(({ title }) => title),
    },
    places: valuesOf.map((values) => ({
      colour: placeIn(first, values),
      dash: second ? placeIn(second, values) : 0,
    })),
  };
}

/** Whether there is a colour for each of its values. */
export function canColour({ values }: Pick<VaryingSetting, 'values'>): boolean {
  return values.length <= MOST_COLOURS;
}

function codeOf({ path, title, labels }: VaryingSetting): LineCode {
  return { path, title, labels };
}

function placeIn({ path, values }: VaryingSetting, own: Readonly<Record<string, FactorValue>>): number {
  const key = settingKey(own[path]);
  return Math.max(
    0,
    values.findIndex((value) => settingKey(value) === key),
  );
}
