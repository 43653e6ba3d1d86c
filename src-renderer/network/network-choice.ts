import { parse, stringify } from 'yaml';
import { isFamilyName, type FamilyName } from '../../src-shared/networks/families.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Which network is shown. */
export type NetworkChoice =
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'cell'; readonly study: string; readonly cell: string }
  /** One that was trained elsewhere, by its name. */
  | { readonly kind: 'imported'; readonly name: string }
  /** Its fields that differ from the published network's. */
  | { readonly kind: 'family'; readonly family: FamilyName; readonly fields: Fields };

/** What the address of the page asks for; without anything, the family that Kindling is about. */
export function choiceOfQuery(query: Readonly<Record<string, unknown>>): NetworkChoice {
  const { run, study, cell, imported, network } = query;
  if (typeof run === 'string') return { kind: 'run', run };
  if (typeof study === 'string') return { kind: 'cell', study, cell: typeof cell === 'string' ? cell : '' };
  if (typeof imported === 'string') return { kind: 'imported', name: imported };
  return (typeof network === 'string' ? choiceOfText(network) : null) ?? familyChoice('squeezenet');
}

/** The other way round. */
export function queryOfChoice(choice: NetworkChoice): Record<string, string> {
  switch (choice.kind) {
    case 'run':
      return { run: choice.run };
    case 'cell':
      return { study: choice.study, ...(choice.cell === '' ? {} : { cell: choice.cell }) };
    case 'imported':
      return { imported: choice.name };
    case 'family':
      return { network: textOfChoice(choice) };
  }
}

/** As `&beside=` has it: `STUDY/CELL`, `imported/NAME/`, or a family with its fields, `{ family: squeezenet, sr: 0.25 }`. */
export function choiceOfText(text: string): NetworkChoice | null {
  if (!text.startsWith('{')) {
    const [study = '', cell = '', end] = text.split('/');
    if (study === 'imported' && end === '') return { kind: 'imported', name: cell };
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
  if (choice.kind === 'imported') return `imported/${choice.name}/`;
  return stringify(
    { family: choice.family, ...choice.fields },
    { collectionStyle: 'flow', lineWidth: 0 },
  ).trim();
}

export function familyChoice(family: FamilyName): NetworkChoice & { readonly kind: 'family' } {
  return { kind: 'family', family, fields: {} };
}
