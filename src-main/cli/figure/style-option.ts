import { Option } from 'commander';
import { STYLE_OPTIONS, type StyleOption } from '../../../src-shared/figures/style-options.ts';

/** The option of a part of a figure's style. */
export function styleOption({ option, value, about, isList, choices }: StyleOption): Option {
  const placeholder = value === undefined ? '' : ` <${value}${isList ? '...' : ''}>`;
  const made = new Option(`--${option}${placeholder}`, about);
  if (choices) made.choices([...choices]);
  return made;
}

/** What options say of the style. @throws Problem `usage` */
export function styleOf(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const parts = STYLE_OPTIONS.flatMap((each) => {
    const option = styleOption(each);
    const said = options[option.attributeName()];
    // a switch that turns something off is on by itself
    if (said === undefined || said === option.negate) return [];
    return [each.read(typeof said === 'boolean' ? [] : [said].flat().map(String))];
  });
  return Object.assign({}, ...parts) as Readonly<Record<string, unknown>>;
}
