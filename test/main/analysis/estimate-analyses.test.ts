import assert from 'node:assert/strict';
import test from 'node:test';
import { estimateAnalyses } from '../../../src-main/analysis/estimate-analyses.ts';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import type { AnalysisSettings } from '../../../src-shared/analysis/analysis-result.ts';
import { analyzedStore } from './analyzed-store.ts';

const START = 1.2;

test('time is estimated by the nearest analyses on this machine; what was never timed is counted', (context) => {
  const { store, dataRoot, runs, others } = analyzedStore(context);
  const asked = methodRequests(['units', 'weight-ranks'], { images: 100 });
  const estimate = (of: readonly string[]) =>
    estimateAnalyses({ runs: of, asked, data: null }, store, dataRoot);
  assert.deepEqual(estimate(runs), { known: 0, missing: 4, seconds: 0, untimed: 4 });

  const save = (run: string, method: string, settings: AnalysisSettings, seconds: number): void =>
    store.saveAnalysis({
      ...{ run, method, settings, results: [], files: [], seconds },
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  save(runs[0], 'units', { images: 50 }, 2);
  // twice the images, and the start of the process
  assert.deepEqual(estimate(runs), { known: 0, missing: 4, seconds: 8 + START, untimed: 2 });
  save(runs[0], 'units', { images: 100 }, 3);
  save(runs[0], 'weight-ranks', {}, 1);
  // with the same settings, whatever others took
  assert.deepEqual(estimate(runs), { known: 2, missing: 2, seconds: 4 + START, untimed: 0 });
  const [small, large] = [runs[0], others[0]].map((run) => store.run(run).macs ?? NaN);
  assert.ok(small && large && large > small);
  const { seconds } = estimate([others[0]]);
  assert.ok(Math.abs(seconds - START - 4 * Math.sqrt(large / small)) < 1e-9, `${seconds}`);
  const subjects = [{ id: runs[0], methods: ['units', 'weight-ranks'], newest: '2026-01-01T00:00:00.000Z' }];
  assert.deepEqual(store.analysedSubjects(), subjects);
  // what is in the trash counts nowhere: the study and its runs, or one of them
  const { study } = store.run(runs[0]);
  store.trashStudy(study);
  assert.deepEqual(store.analysedSubjects(), []);
  store.restoreStudy(study);
  assert.deepEqual(store.analysedSubjects(), subjects);
  store.trashRuns([runs[0]]);
  assert.deepEqual(store.analysedSubjects(), []);
});
