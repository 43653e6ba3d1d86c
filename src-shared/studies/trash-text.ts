import { counted } from '../counted.ts';
import { andList } from '../lists.ts';

/** What the trash holds. */
export interface InTrash {
  readonly studies: readonly unknown[];
  /** Of studies that are not in the trash themselves. */
  readonly runs: readonly { readonly runs: readonly unknown[] }[];
  readonly networks: readonly unknown[];
}

/** In words: "2 studies and all their runs, 3 single runs and 1 imported network"; empty where there is nothing. */
export function trashText({ studies, runs, networks }: InTrash): string {
  const single = runs.reduce((sum, of) => sum + of.runs.length, 0);
  return andList([
    ...(studies.length > 0
      ? [counted(studies.length, 'study and all its runs', 'studies and all their runs')]
      : []),
    ...(single > 0 ? [counted(single, 'single run')] : []),
    ...(networks.length > 0 ? [counted(networks.length, 'imported network')] : []),
  ]);
}
