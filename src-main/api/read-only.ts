import type { RequestName } from '../../src-shared/contract/api/index.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';

/** The requests that change the store, or have it changed. */
const CHANGES: ReadonlySet<RequestName> = new Set<RequestName>([
  'studies.save',
  'studies.resume',
  'studies.collect',
  'studies.pause',
  'studies.cancel',
  'studies.addSeeds',
  'studies.annotate',
  'studies.tag',
  'studies.trash',
  'studies.restore',
  'studies.emptyTrash',
  'runs.annotate',
  'runs.annotateBack',
  'runs.cancel',
  'runs.skip',
  'runs.first',
  'runs.repeat',
  'runs.goOn',
  'runs.trash',
  'runs.restore',
  'runs.import',
  'reports.open',
  'networks.import',
  'networks.set',
  'networks.trash',
  'networks.restore',
  'analysis.start',
  'analysis.steps',
  'views.save',
  'views.remove',
  'figures.save',
  'figures.remove',
  'figures.restore',
  'store.restore',
]);

/**
 * Refuses what cannot be done with a store that is only read. The store itself refuses, too; this says it before any work is
 * begun.
 * @throws Problem `usage`
 */
export function refuseChange(name: RequestName, storeFile: string): void {
  if (!CHANGES.has(name)) return;
  throw new Problem(
    'usage',
    `${storeFile} is open read-only: nothing can be trained, changed or removed here.`,
  );
}
