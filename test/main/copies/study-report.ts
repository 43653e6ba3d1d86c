import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '../../../src-main/reports/formats/html/index.ts';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import { reportSetting } from '../../../src-main/reports/report-setting.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import { fillStore, STUDY } from '../cli/filled-store.ts';
import { epochPoint, RESULT, stepPoint } from '../store/sample-study.ts';

/** Of the report that is written, which is no matter of the study. */
export const REPORTED = new Date('2026-01-02T03:04:05Z');

/**
 * A store with all that a study can have: a run that failed and was repeated, one that was interrupted, one that went on, one that waits, notes, tags,
 * curves, an analysis, cells that its file names no more.
 */
export function fillWhole(file: string): void {
  const edited = `# Does the ratio matter?\n${STUDY.replace('network.sr: [0.125, 1]', 'network.sr: [1, 0.5]').replace('pct3x3: [0, 0.5]', 'pct3x3: [0.5, 0]').replace('seeds: 2', 'seeds: 3')}`;
  fillStore(file, edited, [1, 2, 3, 4, 5].map(stepPoint));
  const store = openStore(file, { purpose: 'schedule' });
  const study = 'two-by-two';
  const runs = store.runs({ study });
  const failed = runs.find(({ state }) => state === 'failed');
  const [first] = runs;
  if (!failed || !first) throw new Error('the store is not filled');
  const provenance = store.provenance(failed.id);
  const [again = '', other = ''] = store.addRuns([
    { study, cell: failed.cell, seed: failed.seed, retryOf: failed.id },
    { study, cell: failed.cell, seed: 2, retryOf: null },
    { study, cell: first.cell, seed: 2, retryOf: null },
  ]);
  if (provenance === null) throw new Error('the run has not begun');
  for (const run of [again, other]) {
    store.startRun(run, {
      provenance: { ...provenance, gitRevision: 'f'.repeat(40), gitDirty: true, fusedWith: [first.id] },
    });
    const start = { totalSteps: 35, stepsPerEpoch: 5, mode: 'eager', modeReason: 'it is small' } as const;
    store.noteTraining(run, { ...start, images: 'from the host: 9 GB stay in their file' });
    store.appendPoints([
      {
        ...{ run, steps: [1, 2].map(stepPoint), epochs: [epochPoint(1, true), epochPoint(2, false)] },
        histograms: [1, 12].map(histogramsOf),
      },
    ]);
  }
  store.endRun(again, 'interrupted');
  store.resumeRuns([again]);
  store.startRun(again, { provenance });
  store.noteGoingOn(again, { step: 20, note: 'on another engine, it was <b>2.20</b>' });
  store.completeRun(again, RESULT);
  store.endRun(other, 'interrupted');
  store.annotateStudy(study, 'The **ratio** matters.', null);
  store.annotate([again, first.id], { note: 'Looks </script> odd, ö.', addTags: ['b', 'a'] });
  store.saveAnalysis({
    ...{ run: again, method: 'probe', settings: { images: 100, penalty: 0.01 }, seconds: 1.25 },
    results: [
      {
        ...{
          method: 'probe',
          measure: 'cross-entropy',
          layer: 'fire2/squeeze',
          role: 'squeeze',
          channel: null,
        },
        ...{ value: 0.1 + 0.2, interval: [0.25, 0.35], baselines: { untrained: null }, settings: {} },
      },
    ],
    ...{ files: [], createdAt: '2026-01-01T00:00:00.000Z' },
  });
  store.close();
}

/** Writes the report of the study in a store. @returns the path of the file */
export async function writeReport(storeFile: string, folder: string, name = 'told'): Promise<string> {
  const store = openStore(storeFile, { purpose: 'read' });
  try {
    const report = await makeReport(reportSetting(store, folder), 'two-by-two', {
      holdsStudy: true,
      now: REPORTED,
    });
    const { file } = await html.write(report, name);
    const path = join(folder, file.fileName);
    writeFileSync(path, file.bytes);
    return path;
  } finally {
    store.close();
  }
}
