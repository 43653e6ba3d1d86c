import { simulateRun } from '../../scripts/bench/shared/simulate-run.ts';
import { storeFile } from '../../src-main/home.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { randomStream } from '../../src-shared/random.ts';
import { costStudy } from '../../src-shared/studies/cost-study.ts';

const DATA = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 8000 } as const;

export const TWO_FACTORS = `study: two-factors
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.sr: [0.125, 0.5, 1]
  network.pct3x3: [0, 0.5]
seeds: 3
training: { epochs: 10, batch: 256 }
`;

/**
 * Puts a study with all its runs into the store of a home: ended ones with the course of real ones, such that a power
 * cut ended at once, or such that wait. Their numbers are the same each time.
 */
export function fillHome(
  home: string,
  text: string,
  state: 'ended' | 'begun' | 'waiting' = 'ended',
  dataHash = 'f'.repeat(64),
): void {
  const { definition, cells } = costStudy(text, 'study.yaml', () => DATA);
  const store = openStore(storeFile(home), { purpose: 'schedule' });
  store.saveStudy({ definition, text, dataHash, cells });
  const wanted = cells.flatMap((cell) => definition.seeds.map((seed) => ({ cell, seed })));
  const runs = store.addRuns(
    wanted.map(({ cell, seed }) => ({ study: definition.name, cell: cell.id, seed, retryOf: null })),
  );
  if (state !== 'waiting') {
    for (const [place, { cell, seed }] of wanted.entries()) {
      const run = runs[place] ?? '';
      const stream = randomStream(seed, definition.name, cell.id);
      const { provenance, training, steps, epochs, end } = simulateRun(cell.parameters, stream);
      store.startRun(run, { provenance: { ...provenance, dataHash } });
      if (state === 'begun') continue;
      store.noteTraining(run, training);
      store.appendPoints([{ run, steps, epochs }]);
      if (end.state === 'complete') store.completeRun(run, end.result);
      else if (end.state === 'failed') store.failRun(run, end.failure);
      else store.endRun(run, 'interrupted');
    }
  }
  store.close();
}
