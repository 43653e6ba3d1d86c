import { choiceOfQuery, type NetworkChoice } from '../../network/network-choice.ts';

/** Whose layers are shown: those of a study's networks, of a cell's or of one network. */
export type LayersChoice =
  | Exclude<NetworkChoice, { readonly kind: 'family' | 'cell' }>
  | { readonly kind: 'cell' | 'study'; readonly study: string; readonly cell: string };

/** The parts of an address that say whose layers are shown. */
export const OF_LAYERS = ['study', 'cell', 'run', 'imported'];

/** `?study=NAME`, `?study=NAME&cell=ID`, `?run=ID`, `?imported=NAME`; null for none. */
export function layersChoiceOf(query: Readonly<Record<string, unknown>>): LayersChoice | null {
  const choice = choiceOfQuery(query);
  if (choice.kind === 'family') return null;
  return choice.kind === 'cell' && choice.cell === '' ? { ...choice, kind: 'study' } : choice;
}
