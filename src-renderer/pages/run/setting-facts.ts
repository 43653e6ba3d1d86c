import { capital } from '../../../src-shared/charts/quantity.ts';
import type { FactorValue, Factors } from '../../../src-shared/studies/cell.ts';
import { factorText } from '../../../src-shared/names/factor-text.ts';
import { fieldWords } from '../../fields/field-words.ts';
import type { Fact } from './fact.ts';

/** The fields of a network or a recipe, by what people call them, beside the path that a study file uses. */
export function settingFacts(
  part: 'network' | 'training',
  fields: Readonly<Record<string, unknown>>,
  factors: Factors,
): readonly Fact[] {
  return Object.entries(fields).map(([name, value]) => {
    const path = `${part}.${name}`;
    const varies = Object.keys(factors).some((factor) => factor === path || factor.startsWith(`${path}[`));
    return {
      name: capital(fieldWords(part, name).title),
      value: factorText(value as FactorValue),
      about: varies ? `${path}, varies` : path,
    };
  });
}
