import { roundedTo } from '../../../numbers.ts';
import { type OwnContrast, ownContrasts } from '../../../statistics/anova/own-contrasts.ts';
import type { FactorValue } from '../../../studies/cell.ts';
import { factorText } from '../../../studies/factor-text.ts';
import { type CellTable, settingLabel, type VaryingSetting } from '../../cells/measured-cell.ts';
import { mistake, type WrittenContrast } from './contrast-text.ts';
import { type Context, levelOf, settingValue, varyingSetting } from './factor-settings.ts';

export interface ContrastRow extends OwnContrast {
  readonly setting: VaryingSetting;
  /** `0.125=-1, 0.5=-1, 1=2`. */
  readonly label: string;
  readonly weights: readonly { readonly value: FactorValue; readonly weight: number }[];
}

interface Contrasts {
  readonly rows: readonly ContrastRow[];
  /** What there is of others; sentences. */
  readonly unknown: readonly string[];
}

/** @throws Problem `usage` for a factor or value that is not among the complete runs, or a value that is named twice */
export function contrastRows(
  { fit, places }: Context,
  table: CellTable,
  written: readonly WrittenContrast[],
): Contrasts {
  const wanted = written.map(({ text, factor, weights }) => {
    const setting = varyingSetting(table, factor);
    const place = places.indexOf(setting);
    const levels = fit.design.factors[place]?.levels ?? [];
    const known = weights.map(({ value, weight }) => ({ value: settingValue(setting, value), weight }));
    const given = new Map(known.map(({ value, weight }) => [levelOf(setting, value), weight]));
    if (given.size < known.length) throw mistake(text, 'a value is named twice');
    const missing = known.find(({ value }) => !levels.some((level) => level === levelOf(setting, value)));
    if (missing) throw mistake(text, `no complete run has ${factorText(missing.value)}`);
    return { setting, factor: place, weights: given, known };
  });
  const found = ownContrasts(fit, wanted).map((contrast, at) => ({ contrast, of: wanted[at] }));
  const labelOf = ({ known, setting }: (typeof wanted)[number]): string =>
    known.map(({ value, weight }) => `${settingLabel(setting, value)}=${roundedTo(weight, 3)}`).join(', ');
  return {
    rows: found.flatMap(({ contrast, of }) =>
      contrast && of ? [{ ...contrast, setting: of.setting, weights: of.known, label: labelOf(of) }] : [],
    ),
    unknown: found.flatMap(({ contrast, of }) =>
      contrast || !of
        ? []
        : [`The contrast ${labelOf(of)} of ${of.setting.title} cannot be estimated or tested.`],
    ),
  };
}
