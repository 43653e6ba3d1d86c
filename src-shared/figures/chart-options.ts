import type { NamedField } from '../charts/chart-kind.ts';

/** What the command calls a field: `group-by`; of a switch that is on by itself what turns it off: `no-front`. */
export function optionOf({ name, option, type, default: usual }: NamedField): string {
  if (option !== undefined) return option;
  const word = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return type === 'switch' && usual === true ? `no-${word}` : word;
}
