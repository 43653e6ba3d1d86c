import { Option } from 'commander';
import type { NamedField } from '../../../src-shared/charts/chart-kind.ts';
import { optionOf } from '../../../src-shared/figures/chart-options.ts';

/** The option of a chart's field. A switch stands for what its field is not by itself; others take a value, or several. */
export function fieldOption(field: NamedField): Option {
  const { about, type, usual = field.default } = field;
  const flag = `--${optionOf(field)}`;
  if (type === 'switch') return new Option(flag, about);
  const words = typeof usual === 'string' ? `${about} (default: ${usual})` : about;
  const option = new Option(`${flag} <${field.value ?? 'value'}${type === 'list' ? '...' : ''}>`, words);
  if (type === 'set') option.choices([...field.members]);
  if (type === 'number') option.argParser(Number);
  return usual === undefined ? option.makeOptionMandatory() : option;
}

/** What options say of a field; undefined where they say nothing. */
export function givenValue(field: NamedField, options: Readonly<Record<string, unknown>>): unknown {
  const option = fieldOption(field);
  const value = options[option.attributeName()];
  if (field.type !== 'switch') return value;
  const isSaid = value === !option.negate;
  return isSaid ? field.default !== true : undefined;
}
