import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparableAnalyses } from '../../../src-shared/analysis/comparable-analyses.ts';
import { analysisOf, finding } from '../charts/sample-analyses.ts';

const RESULTS = [finding('accuracy', 'fire2/squeeze', 0.5)];

test('only numbers with the settings that most runs share are compared, and the others are named', () => {
  const analyses = [
    analysisOf('a', RESULTS, { images: 2000 }),
    analysisOf('b', RESULTS, { images: 60 }, '2026-11-02T00:00:00.000Z'),
    analysisOf('c', RESULTS, { images: 2000 }),
    analysisOf('a', RESULTS, { images: 60 }),
    analysisOf('c', [finding('cka', 'x', 1, { method: 'similarity' })]),
  ];
  const { byRun, otherwise } = comparableAnalyses(analyses.slice(0, 3), 'probe');
  assert.deepEqual([[...byRun.keys()], otherwise], [['a', 'c'], ['b']]);
  // as many runs with 60 images: the latest decides
  const tied = comparableAnalyses(analyses, 'probe');
  assert.deepEqual([[...tied.byRun.keys()].sort(), tied.otherwise], [['a', 'b'], ['c']]);
  assert.equal(tied.byRun.get('a')?.settings['images'], 60);
});

test('runs that are compared with others may name different ones, and of one run the newest counts', () => {
  const settings = (cells: string) => ({ images: 2000, cells, seeds: '' });
  const older = analysisOf('a', RESULTS, settings('b'), '2026-11-01T00:00:00.000Z');
  const newer = analysisOf('a', RESULTS, settings('b c'), '2026-11-02T00:00:00.000Z');
  const other = analysisOf('b', RESULTS, settings('a c'));
  const { byRun } = comparableAnalyses([newer, older, other], 'probe');
  assert.deepEqual([...byRun.keys()].sort(), ['a', 'b']);
  assert.equal(byRun.get('a'), newer);
});
