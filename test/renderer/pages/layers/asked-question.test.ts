import assert from 'node:assert/strict';
import test from 'node:test';
import { answeredRuns } from '../../../../src-renderer/pages/layers/asked-question.ts';
import { layersChoiceOf } from '../../../../src-renderer/pages/layers/layers-choice.ts';

test('a question is answered for a run once all of its steps are known with their settings', () => {
  const question = {
    steps: [
      { name: 'probe', method: 'probe', settings: { images: 100, dimension: null } },
      { name: 'ranks', method: 'weight-ranks', settings: {} },
    ],
  };
  const known = (run: string, method: string, settings = {}) => ({ run, method, settings, createdAt: '' });
  const all = [
    known('a', 'probe', { images: 100, dimension: null }),
    known('a', 'weight-ranks'),
    known('b', 'probe', { images: 100, dimension: null }),
    known('c', 'probe', { images: 50, dimension: null }),
    known('c', 'weight-ranks'),
    // an imported network, with the images that it was looked at on
    known('d', 'probe', { images: 100, dimension: null, data: 'shapes', dataHash: '0' }),
    known('d', 'weight-ranks', { data: 'shapes' }),
  ];
  assert.equal(
    answeredRuns(
      question,
      ['a', 'b', 'c', 'd', 'e'],
      Map.groupBy(all, ({ run }) => run),
    ),
    2,
  );
});

test('an address names a study, a cell, a run or an imported network, or none', () => {
  assert.deepEqual(layersChoiceOf({ study: 's' }), { kind: 'study', study: 's', cell: '' });
  assert.deepEqual(layersChoiceOf({ study: 's', cell: 'c' }), { kind: 'cell', study: 's', cell: 'c' });
  assert.deepEqual(layersChoiceOf({ run: 'r', question: 'branches' }), { kind: 'run', run: 'r' });
  assert.deepEqual(layersChoiceOf({ imported: 'n' }), { kind: 'imported', name: 'n' });
  assert.equal(layersChoiceOf({}), null);
});
