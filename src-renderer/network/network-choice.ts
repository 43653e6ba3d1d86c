import { parse, stringify } from 'yaml';
import { isFamilyName, type FamilyName } from '../../src-shared/networks/families.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Which network is shown. */
export type NetworkChoice =
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'cell'; readonly study: string; readonly cell: string }
  /** Its fields that differ from the published network's. */
  | { readonly kind: 'family'; readonly family: FamilyName; readonly fields: Fields };

/** What the address of the page asks for; without anything, the family that Kindling is about. */
export function choiceOfQuery(query: Readonly<Record<string, unknown>>): NetworkChoice {
  const { run, study, cell, network } = query;
  if (typeof run === 'string') return { kind: 'run', run };
  if (typeof study === 'string') return { kind: 'cell', study, cell: typeof cell === 'string' ? cell : '' };
  return (typeof network === 'string' ? choiceOfText(network) : null) ?? familyChoice('squeezenet');
}

/** The other way round. */
export function queryOfChoice(choice: NetworkChoice): Record<string, string> {
  switch (choice.kind) {
    case 'run':
      return { run: choice.run };
    case 'cell':
      return { study: choice.study, ...(choice.cell === '' ? {} : { cell: choice.cell }) };
    case 'family':
      return { network: textOfChoice(choice) };
  }
}

/** As `&beside=` has it: `STUDY/CELL`, or a family with its fields, `{ family: squeezenet, sr: 0.25 }`. */
export function choiceOfText(text: string): NetworkChoice | null {
  if (!text.startsWith('{')) {
    const [study = '', cell = ''] = text.split('/');
    return study === '' ? null : { kind: 'cell', study, cell };
  }
  try {
    const { family, ...fields } = parse(text) as Fields;
    return isFamilyName(family) ? { kind: 'family', family, fields } : null;
  } catch {
    return null;
  }
}

export function textOfChoice(choice: Exclude<NetworkChoice, { kind: 'run' }>): string {
  if (choice.kind === 'cell') return `${choice.study}/${choice.cell}`;
  return stringify(
    { family: choice.family, ...choice.fields },
    { collectionStyle: 'flow', lineWidth: 0 },
  ).trim();
}

export function familyChoice(family: FamilyName): NetworkChoice & { readonly kind: 'family' } {
  return { kind: 'family', family, fields: {} };
}
