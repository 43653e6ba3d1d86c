import type { StudyListing } from '../../../src-shared/contract/api/studies.ts';
import { factorNames } from '../../../src-shared/studies/factor-text.ts';
import { missingRuns } from '../../stores/study-state.ts';

/** In what order studies are listed, by the name that the address has; empty for the usual one. */
export const ORDERS = [
  { key: '', title: 'Newest first' },
  { key: 'saved', title: 'Last saved first' },
  { key: 'name', title: 'Name' },
  { key: 'runs', title: 'Most runs first' },
  { key: 'missing', title: 'Most missing runs first' },
] as const;

export interface StudyQuery {
  /** Words that a study has somewhere in its name, data set, factors or tags; all of them. */
  readonly search: string;
  /** Empty for any. */
  readonly tag: string;
  readonly sort: string;
}

/** The studies that are asked for, in the order that is asked for; of equals and of an unknown order as they come. */
export function listedStudies(
  studies: readonly StudyListing[],
  { search, tag, sort }: StudyQuery,
): readonly StudyListing[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = studies.filter(
    (study) =>
      (tag === '' || study.tags.includes(tag)) && words.every((word) => textOf(study).includes(word)),
  );
  switch (sort) {
    case 'saved':
      return found.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    case 'name':
      return found.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    case 'runs':
      return found.toSorted((a, b) => b.wanted - a.wanted);
    case 'missing':
      return found.toSorted((a, b) => missingRuns(b) - missingRuns(a));
    default:
      return found;
  }
}

function textOf({ name, dataset, factors, tags, importedFrom }: StudyListing): string {
  const words = [
    name,
    dataset,
    ...factors.map((path) => factorNames(path).title),
    ...tags,
    importedFrom ?? '',
  ];
  return words.join(' ').toLowerCase();
}

/** All tags that studies have, each with the number of its studies. */
export function tagsOf(studies: readonly StudyListing[]): { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of studies) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => a.tag.localeCompare(b.tag, 'en'));
}
