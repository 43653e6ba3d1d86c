import { cellText } from '../../src-shared/studies/factor-text.ts';
import type { Store } from '../store/store.ts';

/** What figures are drawn of by itself: an imported network, or the runs of one cell. */
export interface RecipeSubject {
  /** For people: `squeezenet1_1`, or `squeeze-ratio: SR = 0.25`. */
  readonly title: string;
  /** The title as part of a file's name; no two are alike. */
  readonly word: string;
  readonly runs: readonly string[];
}

/** Networks one by one, runs by cell. @param ids of complete runs and imported networks, each once */
export function recipeSubjects(store: Store, ids: readonly string[]): RecipeSubject[] {
  const groups = Map.groupBy(ids, (id) => groupOf(store, id));
  const titles = [...groups.values()].map(([first = '']) => titleOf(store, first));
  return [...groups.values()].map((runs, at) => {
    const title = titles[at] ?? '';
    const word = wordOf(title);
    const before = titles.slice(0, at).filter((each) => wordOf(each) === word).length;
    return { title, word: before === 0 ? word : `${word}-${before + 1}`, runs };
  });
}

function groupOf(store: Store, id: string): string {
  if (store.findNetwork(id) !== null) return id;
  const { study, cell } = store.run(id);
  return JSON.stringify([study, cell]);
}

function titleOf(store: Store, id: string): string {
  const network = store.findNetwork(id);
  if (network !== null) return network.name;
  const { study, factors } = store.run(id);
  const cell = cellText(factors);
  return cell === '' ? study : `${study}: ${cell}`;
}

function wordOf(title: string): string {
  const word = title.replaceAll(/[^\p{L}\p{N}_.]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return word.slice(0, 80) || 'subject';
}
