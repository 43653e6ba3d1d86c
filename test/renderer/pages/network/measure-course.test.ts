import assert from 'node:assert/strict';
import test from 'node:test';
import { alikeAnalyses, courseOf } from '../../../../src-renderer/pages/network/measure-course.ts';
import type { Analysis, AnalysisSettings } from '../../../../src-shared/analysis/analysis-result.ts';
import { analysisOf, finding } from '../../../shared/charts/sample-analyses.ts';

const RESULTS = [finding('accuracy', 'conv1', 0.5)];
const of = (settings: AnalysisSettings, createdAt = '2026-11-01T00:00:00.000Z', run = 'a'): Analysis =>
  analysisOf(run, RESULTS, { images: 300, ...settings }, createdAt);

test('the course of a measure is that of the shown settings, from the first weights to the last', () => {
  const shown = of({});
  const found = [
    shown,
    of({ checkpoint: 'epoch-4' }),
    of({ checkpoint: 'initial' }),
    // one of the others, chosen for its accuracy
    of({ checkpoint: 'best' }),
    of({ checkpoint: 'epoch-2', images: 50 }),
    analysisOf('a', [finding('accuracy', 'conv1', 0.5, { method: 'other' })], { images: 300 }),
  ];
  assert.deepEqual(
    courseOf(shown, found, 6).map(({ epoch, analysis }) => [epoch, analysis.settings['checkpoint']]),
    [
      [0, 'initial'],
      [4, 'epoch-4'],
      [6, undefined],
    ],
  );
});

test('of each run the newest counts, and analyses without the measure are none', () => {
  const [older, newer] = [of({}, '2026-11-01T00:00:00.000Z', 'b'), of({}, '2026-11-02T00:00:00.000Z', 'b')];
  const empty = { ...of({}, undefined, 'c'), results: [] };
  assert.deepEqual(alikeAnalyses(of({}), [newer, older, empty]), [newer]);
});
