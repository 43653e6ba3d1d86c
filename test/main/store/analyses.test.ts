import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Analysis, AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import type { WantedFindings } from '../../../src-shared/analysis/findings.ts';
import { addRuns, RESULT, startedRun, studyInput, temporaryFolder } from './sample-study.ts';

test('analyses lie beside finished runs, one for each method and settings, and go with them', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const [first, second] = [startedRun(store, 0), startedRun(store, 1)];
  for (const run of [first, second]) store.completeRun(run, RESULT);
  const [untouched = ''] = addRuns(store, [2]);

  const probe: Analysis = {
    ...{ run: second, method: 'probe', settings: { images: 100, b: 'x' }, seconds: 1.5 },
    createdAt: '2026-01-02T03:04:05.678Z',
    results: [
      {
        ...{ method: 'probe', measure: 'accuracy', layer: 'fire2/squeeze', role: 'squeeze', channel: null },
        ...{ value: 0.1 + 0.2, interval: [0.25, 0.35], baselines: { untrained: null }, settings: {} },
      },
    ],
    files: [],
  };
  store.saveAnalysis(probe);
  store.saveAnalysis({ ...probe, settings: { images: 200, b: 'x' } });
  store.saveAnalysis({ ...probe, run: first, method: 'clusters', results: [] });

  assert.deepEqual(store.findAnalysis(second, 'probe', { b: 'x', images: 100 }), probe);
  assert.equal(store.findAnalysis(second, 'probe', { images: 100 }), null);
  assert.equal(store.findAnalysis(untouched, 'probe', { b: 'x', images: 100 }), null);
  const found = store.analyses([second, 'unknown', first]);
  assert.deepEqual(
    found.map(({ run, method, settings }) => [run, method, settings['images']]),
    [
      [second, 'probe', 100],
      [second, 'probe', 200],
      [first, 'clusters', 100],
    ],
  );
  assert.deepEqual(store.analyses([second, first], { findings: ['clusters'] }).length, 1);
  assert.deepEqual(
    store.knownAnalyses([second, 'unknown', first]),
    found.map(({ run, method, settings, createdAt }) => ({ run, method, settings, createdAt })),
  );

  store.saveAnalysis({ ...probe, seconds: 3 });
  assert.equal(store.findAnalysis(second, 'probe', probe.settings)?.seconds, 3);
  assert.equal(store.analyses([second]).length, 2);

  store.endRun(untouched, 'cancelled');
  store.trashStudy('sample');
  store.deleteTrashed(['sample']);
  assert.deepEqual(store.analyses([first, second]), []);
});

test('of analyses the findings that are wanted are read: of methods, of one measure, about a layer', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const run = startedRun(store, 0);
  store.completeRun(run, RESULT);
  const finding = (method: string, measure: string, layer: string, other?: string): AnalysisResult => ({
    ...{
      method,
      measure,
      layer,
      role: null,
      channel: null,
      value: 1,
      interval: null,
      baselines: {},
      settings: {},
    },
    ...(other === undefined ? {} : { other: { run, layer: other } }),
  });
  const analysis = (method: string, results: AnalysisResult[]): Analysis => ({
    ...{ run, method, settings: {}, results, files: [], seconds: 1, createdAt: '2026-01-02T03:04:05.678Z' },
  });
  store.saveAnalysis(
    analysis('probe', [finding('probe', 'accuracy', 'conv1'), finding('probe', 'selectivity', 'conv1')]),
  );
  store.saveAnalysis(
    analysis('similarity', [
      finding('similarity', 'cka', 'conv1', 'pool1'),
      finding('similarity', 'cka', 'pool1', 'conv10'),
    ]),
  );
  const found = (wanted: WantedFindings): string[] =>
    store
      .analyses([run], wanted)
      .flatMap(({ results }) => results.map(({ measure, layer }) => `${measure} ${layer ?? ''}`));
  assert.deepEqual(found({ findings: ['probe/accuracy', 'similarity'] }), [
    'accuracy conv1',
    'cka conv1',
    'cka pool1',
  ]);
  // a pair is about both of its layers
  assert.deepEqual(found({ layer: 'pool1' }), ['cka conv1', 'cka pool1']);
  assert.deepEqual(found({ findings: ['probe/selectivity'], layer: 'conv1' }), ['selectivity conv1']);
  assert.deepEqual(found({ findings: ['probe'], layer: 'conv10' }), []);
});
