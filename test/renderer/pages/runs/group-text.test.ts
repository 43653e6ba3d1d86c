import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupNote, groupText } from '../../../../src-renderer/pages/runs/group-text.ts';
import { queryRuns } from '../../../../src-shared/runs/query-runs.ts';
import { requireColumn } from '../../../../src-shared/runs/resolve-column.ts';
import { failed, sampleRuns } from '../../../shared/charts/sample-runs.ts';

const COLUMNS = ['seed', 'network.sr', 'parameters', 'createdAt', 'testAccuracy', 'failure'];

function heads(groupBy: readonly string[], { index }: ReturnType<typeof sampleRuns>): string[][] {
  const { groups } = queryRuns(index, { filter: '', sort: [], groupBy, summarize: COLUMNS });
  return groups.map((group) => COLUMNS.map((key) => groupText(index, group, requireColumn(key))));
}

test('a group averages results only: seeds and settings are told from where to where they go', () => {
  const runs = sampleRuns('network.sr: [0.25, 0.5]', 3);
  const [first = []] = heads(['cell'], runs);
  assert.deepEqual(first.slice(0, 2), ['0 to 2', '0.25']);
  assert.match(first[4] ?? '', /^\d\d\.\d\d ± \d+\.\d\d$/);
  const [all = []] = heads(['study'], runs);
  assert.deepEqual(all.slice(0, 2), ['0 to 2', '0.25 to 0.5']);
  assert.match(all[2] ?? '', /^[\d,]+ to [\d,]+$/);
  assert.match(all[3] ?? '', /2026/);
});

test('a group without a result has a dash for it', () => {
  const runs = sampleRuns('network.sr: [0.25]', 2, failed);
  assert.equal(heads(['study'], runs)[0]?.[4], '–');
});

test('of times of runs that are not those of one stretch it is said', () => {
  const { index } = sampleRuns('network.sr: [0.25]', 3, (run, { seed }) => ({
    ...run,
    ...(seed === 0 && { extension: { from: 'shorter', step: 5, seconds: 5, note: null } }),
  }));
  const { groups } = queryRuns(index, { filter: '', sort: [], groupBy: ['cell'], summarize: ['seconds'] });
  const noteOf = (...keys: string[]) =>
    groups.map((group) => groupNote(index, group, keys.map(requireColumn)));
  assert.deepEqual(noteOf('seed', 'seconds'), [
    'of 3 runs 1 includes the training of the shorter run from whose end it went on',
  ]);
  assert.deepEqual(noteOf('seed', 'testAccuracy'), ['']);
});

test('a mean over fewer runs than its group has says so', () => {
  const runs = sampleRuns('network.sr: [0.25]', 3, (run, { seed }) =>
    seed === 0 ? { ...run, metrics: { ...run.metrics, testAccuracy: null } } : run,
  );
  assert.match(heads(['study'], runs)[0]?.[4] ?? '', /^\d\d\.\d\d ± \d+\.\d\d \(n\u00a0=\u00a02\)$/);
});
