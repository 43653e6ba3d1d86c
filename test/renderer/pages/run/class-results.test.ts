import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classResults } from '../../../../src-renderer/pages/run/class-results.ts';

test('each class has its scores and what it is most often taken for', () => {
  const counts = [
    [8, 0, 2],
    [0, 5, 0],
    [0, 0, 0],
  ];
  assert.deepEqual(classResults(['cat', 'dog'], counts), [
    {
      name: 'cat',
      images: 10,
      recall: 0.8,
      precision: 1,
      f1: 16 / 18,
      confusedWith: { name: '2', images: 2 },
    },
    { name: 'dog', images: 5, recall: 1, precision: 1, f1: 1, confusedWith: null },
    { name: '2', images: 0, recall: null, precision: 0, f1: 0, confusedWith: null },
  ]);
});
