import { typed } from '../numbers.ts';
import { orList } from '../lists.ts';
import { Problem } from '../mistakes/problem.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import type { AnalysisSettings, MethodDescription } from './analysis-result.ts';

interface NumberValues {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly least: number;
  /** Whether `least` itself is too small. */
  readonly above: boolean;
  /** Null where there is no end. */
  readonly most: number | null;
}

interface ChoiceValues {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

interface TextValues {
  readonly kind: 'text';
}

/** One of the settings that people can give a method. */
export type SettingDescription = (NumberValues | ChoiceValues | TextValues) & {
  readonly name: string;
  /** What it means. */
  readonly about: string;
  /** Used where nothing is given; null leaves it to what `about` says. */
  readonly default: string | number | null;
};

/** A method and all that it can be asked. */
export interface AskableMethod extends MethodDescription {
  readonly settings: readonly SettingDescription[];
  /** Compares a run with others of its study, so that imported networks cannot be asked. */
  readonly comparesRuns: boolean;
  /** Looks at images, and not at the weights alone. */
  readonly needsImages: boolean;
}

/**
 * Settings as people give them: `images` is for every method asked that has it, `probe.images` for one, and goes before.
 * Numbers may be text, and text a number.
 */
export type GivenSettings = AnalysisSettings;

type Value = string | number | null;

/**
 * The given settings of each method, by its name; those that are not given are left out.
 *
 * @throws Problem `usage` that names each setting which none of the methods has, or which cannot have its value
 */
export function settleSettings(
  methods: readonly AskableMethod[],
  given: GivenSettings,
): ReadonlyMap<string, Readonly<Record<string, Value>>> {
  const mistakes = Object.keys(given).flatMap((key) => unknownSetting(methods, key) ?? []);
  const settled = new Map<string, Record<string, Value>>();
  for (const { name, settings } of methods) {
    const own: Record<string, Value> = {};
    for (const setting of settings) {
      const key = [`${name}.${setting.name}`, setting.name].find((each) => given[each] !== undefined);
      if (key === undefined) continue;
      const value = accepted(setting, given[key]);
      if (value !== undefined) own[setting.name] = value;
      else mistakes.push(refusal(methods, name, setting, key, given[key]));
    }
    settled.set(name, own);
  }
  if (mistakes.length > 0) throw new Problem('usage', mistakes.join('\n'));
  return settled;
}

/** `a whole number from 20 to 100,000`, for people. */
export function acceptedWords(setting: SettingDescription): string {
  switch (setting.kind) {
    case 'number': {
      const { whole, least, above, most } = setting;
      const kind = whole ? 'a whole number' : 'a number';
      if (most === null) return `${kind} ${above ? 'above' : 'of at least'} ${typed(least)}`;
      return `${kind} ${above ? 'above' : 'from'} ${typed(least)}${above ? ' and up' : ''} to ${typed(most)}`;
    }
    case 'choice':
      return orList(setting.choices);
    case 'text':
      return 'text';
  }
}

/** Undefined if it is not accepted. */
function accepted(setting: SettingDescription, value: GivenSettings[string] | undefined): Value | undefined {
  if (value === null) return setting.default === null ? null : undefined;
  switch (setting.kind) {
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
      const { whole, least, above, most } = setting;
      const isWithin = (above ? number > least : number >= least) && number <= (most ?? Infinity);
      return isWithin && (!whole || Number.isSafeInteger(number)) ? number : undefined;
    }
    case 'choice':
      return setting.choices.find((choice) => choice === value);
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
}

function refusal(
  methods: readonly AskableMethod[],
  method: string,
  setting: SettingDescription,
  key: string,
  value: GivenSettings[string] | undefined,
): string {
  const isShared =
    key === setting.name &&
    methods.some((each) => each.name !== method && each.settings.some(({ name }) => name === key));
  const advice = isShared ? ` Set ${method}.${key} separately, or leave the setting out.` : '';
  return `${key}: ${String(value)} is not accepted; ${method} takes ${acceptedWords(setting)}.${advice}`;
}

/** What is wrong with the name of a setting; null if nothing. */
function unknownSetting(methods: readonly AskableMethod[], key: string): string | null {
  const dot = key.indexOf('.');
  const [method, name] = dot < 0 ? [null, key] : [key.slice(0, dot), key.slice(dot + 1)];
  const meant = methods.filter((each) => method === null || each.name === method);
  if (meant.length === 0) {
    const asked = methods.map((each) => each.name);
    const near = nearestName(method ?? '', asked);
    return `${key}: ${method} is not one of the chosen methods${near ? ` (did you mean ${near}?)` : ''}, which are ${asked.join(', ')}.`;
  }
  const names = meant.flatMap(({ settings }) => settings.map((setting) => setting.name));
  if (names.includes(name)) return null;
  const near = nearestName(name, names);
  const owners = meant.map(({ name: owner, settings }) => {
    const own = settings.map((setting) => setting.name).join(', ');
    return `  ${owner}: ${own || 'none'}`;
  });
  return `${key}: there is no such setting${near ? ` (did you mean ${near}?)` : ''}; there are\n${owners.join('\n')}`;
}
