import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import { addRuns, epochPoint, RESULT, startedRun, stepPoint, studyInput } from '../store/sample-study.ts';

/** Two cells; what they hold besides the ratio is the same. */
const TEXT = `study: sample
dataset: shapes
network: { family: squeezenet, stem: small }
vary: { network.sr: [0.25, 0.5] }
training: { epochs: 2 }
`;

export interface ExportedRuns {
  /** Steps 1 to 20 in two epochs, validated after the second. */
  readonly complete: string;
  /** Steps 1 to 13. */
  readonly failed: string;
  readonly waiting: string;
}

/** A store in a folder of its own, which is gone once it is closed. */
export function openExportedStore(): { store: Store; runs: ExportedRuns; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-exports-'));
  const store = openStore(join(folder, 'kindling.sqlite'), { purpose: 'schedule' });
  const close = (): void => {
    store.close();
    rmSync(folder, { recursive: true });
  };
  return { store, runs: addExportedRuns(store), close };
}

function addExportedRuns(store: Store): ExportedRuns {
  store.saveStudy(studyInput(TEXT));
  const start = (seed: number, steps: number): string => {
    const run = startedRun(store, seed);
    store.noteTraining(run, { totalSteps: 20, stepsPerEpoch: 10, mode: 'compiled', modeReason: null });
    store.appendPoints([
      {
        run,
        steps: Array.from({ length: steps }, (_, index) => stepPoint(index + 1)),
        epochs: Array.from({ length: Math.floor(steps / 10) }, (_, index) =>
          epochPoint(index + 1, index === 1),
        ),
        histograms: [1, 13].map(histogramsOf),
      },
    ]);
    return run;
  };
  const complete = start(0, 20);
  store.completeRun(complete, { ...RESULT, seconds: 0.25, testAccuracy: 0.1 + 0.2 });
  const failed = start(1, 13);
  store.failRun(failed, { code: 'loss-not-finite', message: 'The loss is NaN, "quoted".', step: 14 });
  const [waiting = ''] = addRuns(store, [2]);
  return { complete, failed, waiting };
}
