import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';

/** Whether the images of a data set can be shown and trained on. */
export function hasImages({ state }: Pick<DatasetListing, 'state'>): boolean {
  return state === 'prepared' || state === 'built-in';
}
