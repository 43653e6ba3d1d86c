import { stringify } from 'yaml';
import { readYaml } from '../../../src-shared/yaml/read-yaml.ts';
import type { FieldControl } from '../../fields/field-control.ts';

/** Values as people write them, `0.125, 0.5, [crop, flip]`. */
export function valuesText(values: readonly unknown[]): string {
  return stringify(values, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .trim()
    .replace(/^\[|\]$/g, '');
}

/** The values of a text, or null where it is no list. */
export function parseValues(text: string): readonly unknown[] | null {
  const reading = readYaml(`[${text}]`);
  return reading.ok && Array.isArray(reading.value) ? reading.value : null;
}

/** What a field that begins to vary takes. */
export function firstValues(control: FieldControl, present: unknown): readonly unknown[] {
  switch (control.kind) {
    case 'choice':
      return control.options;
    case 'switch':
      return [false, true];
    case 'choices':
      return [[], control.options.slice(0, 2)];
    case 'numbers':
      return [present ?? [], [1]];
    case 'number':
      return control.slider
        ? control.slider.least > 0
          ? [0.125, 0.25, 0.5, 1]
          : [0, 0.25, 0.5]
        : firstNumbers(control.whole, present ?? control.default);
  }
}

function firstNumbers(whole: boolean, present: unknown): number[] {
  const middle = typeof present === 'number' && present > 0 ? present : 1;
  return whole ? [middle, 2 * middle] : [middle / 2, middle, 2 * middle];
}
