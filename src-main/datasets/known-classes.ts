import type { DatasetDescription } from './dataset.ts';
import { knownDataset } from './known-dataset.ts';

/** Names of the classes of these data sets, without those that are not there (any more). */
export function knownClasses(
  datasets: Iterable<string>,
  describe: (dataset: string) => DatasetDescription,
): Map<string, readonly string[]> {
  const found = [...new Set(datasets)].map((name) => [name, knownDataset(() => describe(name))] as const);
  return new Map(found.flatMap(([name, known]) => (known ? [[name, known.classes]] : [])));
}
