import { cellText } from '../../src-shared/studies/factor-text.ts';
import type { Store } from '../store/store.ts';

/** What figures are drawn of by itself: an imported network, or the runs of one cell. */
export interface RecipeSubject {
  /** For people: `squeezenet1_1`, or `squeeze-ratio: SR = 0.25`; among cells of one study `SR = 0.25`. */
  readonly title: string;
  /** Null for an imported network. */
  readonly study: string | null;
  /** The title as part of a file's name; no two are alike. */
  readonly word: string;
  readonly family: string;
  readonly runs: readonly string[];
}

/** Networks one by one, runs by cell. @param ids of complete runs and imported networks, each once */
export function recipeSubjects(store: Store, ids: readonly string[]): RecipeSubject[] {
  const groups = [...Map.groupBy(ids, (id) => groupOf(store, id)).values()];
  const families = groups.map(([first = '']) => familyOf(store, first));
  const studies = groups.map(([first = '']) => studyOf(store, first));
  const areSeveral = new Set(families).size > 1;
  const areOfOne = groups.length > 1 && new Set(studies).size === 1;
  const titles = groups.map(([first = ''], at) =>
    titleOf(store, first, {
      family: areSeveral ? (families[at] ?? null) : null,
      study: areOfOne ? null : (studies[at] ?? null),
    }),
  );
  const words = titles.map(wordOf);
  return groups.map((runs, at) => {
    const word = words[at] ?? '';
    const before = words.slice(0, at).filter((each) => each === word).length;
    return {
      ...{ title: titles[at] ?? '', word: before === 0 ? word : `${word}-${before + 1}` },
      ...{ study: studies[at] ?? null, family: families[at] ?? '', runs },
    };
  });
}

function familyOf(store: Store, id: string): string {
  const network = store.findNetwork(id);
  return network?.description.family ?? String(store.runTable([id]).cells[0]?.network?.['family']);
}

function groupOf(store: Store, id: string): string {
  if (store.findNetwork(id) !== null) return id;
  const { study, cell } = store.run(id);
  return JSON.stringify([study, cell]);
}

function studyOf(store: Store, id: string): string | null {
  return store.findNetwork(id) === null ? store.run(id).study : null;
}

/**
 * @param named `family` where cells of other families stand beside it and it is no factor of its own, `study` where it is not that of
 *   all; else null
 */
function titleOf(
  store: Store,
  id: string,
  named: { readonly family: string | null; readonly study: string | null },
): string {
  const network = store.findNetwork(id);
  if (network !== null) return network.name;
  const { study, factors } = store.run(id);
  const family = named.family === null || 'network.family' in factors ? [] : [named.family];
  const cell = [...family, cellText(factors)].filter(Boolean).join(', ');
  return [named.study ?? '', cell].filter(Boolean).join(': ') || study;
}

function wordOf(title: string): string {
  const word = title
    .replaceAll('×', 'x')
    .replaceAll(/[^\p{L}\p{N}_.]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return word.slice(0, 80) || 'subject';
}
