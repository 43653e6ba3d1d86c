import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classBalance, unbalancedNote } from '../../../src-shared/runs/class-balance.ts';
import { balanceScores, classScores } from '../../../src-shared/statistics/class-scores.ts';
import { assertNear, readFixture } from './fixture.ts';

interface Case {
  readonly name: string;
  readonly confusion: readonly (readonly number[])[];
  readonly balancedAccuracy: number;
  readonly macroF1: number;
  readonly presentClasses: number;
  readonly recall: readonly (number | null)[];
  readonly precision: readonly (number | null)[];
}

test("balanced accuracy, macro F1, recall and precision are scikit-learn's", () => {
  for (const expected of readFixture('class-scores') as Case[]) {
    const { name: what, confusion } = expected;
    const found = balanceScores(confusion);
    assertNear(found?.balancedAccuracy, expected.balancedAccuracy, { digits: 12, what });
    assertNear(found?.macroF1, expected.macroF1, { digits: 12, what });
    const scores = classScores(confusion);
    assert.equal(scores.filter(({ f1 }) => f1 !== null).length, expected.presentClasses, what);
    for (const [place, { recall, precision }] of scores.entries())
      for (const [one, other] of [
        [recall, expected.recall[place]],
        [precision, expected.precision[place]],
      ] as const)
        if (typeof other === 'number') assertNear(one, other, { digits: 12, scale: 1, what });
        else assert.equal(one, null, what);
  }
  assert.equal(
    balanceScores([
      [0, 0],
      [0, 0],
    ]),
    null,
  );
});

test('of classes that differ in size it is said how much, and what answering the largest scores', () => {
  assert.equal(
    classBalance(
      ['fox', 'owl'],
      [
        [3, 2],
        [0, 5],
      ],
    ),
    null,
  );
  assert.deepEqual(
    classBalance(
      ['fox', 'owl'],
      [
        [480, 3],
        [3, 0],
      ],
    ),
    {
      text: '483 of the 486 test images are of fox, 3 of owl (161 : 1): always predicting fox scores 99.4\u00a0%.',
      level: 'warning',
    },
  );
  assert.deepEqual(
    classBalance(
      ['fox', 'owl', 'bear'],
      [
        [2, 0, 0],
        [0, 3, 0],
        [0, 0, 0],
      ],
    ),
    {
      text: '3 of the 5 test images are of owl, 2 of fox (1.5 : 1); none of bear: always predicting owl scores 60.0\u00a0%.',
      level: 'warning',
    },
  );
  assert.equal(
    classBalance(
      [],
      [
        [2, 0],
        [0, 3],
      ],
    )?.level,
    'note',
  );
  // without names, and never 100 % of less than all
  assert.match(
    classBalance(
      [],
      [
        [99999, 0],
        [1, 0],
      ],
    )?.text ?? '',
    /of class 0, 1 of class 1 .* 99\.999\u00a0%\.$/,
  );
  const run = (testLargestClass: number | null, testSmallestClass: number | null): object => ({
    ...{ testLargestClass, testSmallestClass },
  });
  const noteOf = (...runs: object[]): string => unbalancedNote(runs as Parameters<typeof unbalancedNote>[0]);
  assert.equal(noteOf(run(0.11, 0.09), run(null, null)), '');
  const note = 'the classes differ in size: always predicting the largest scores';
  assert.equal(noteOf(run(0.994, 0.006), run(0.994, 0.006)), `${note} 99.4\u00a0%`);
  assert.equal(noteOf(run(0.994, 0.006), run(0.6, 0.1)), `${note} 60.0\u00a0% to 99.4\u00a0%`);
});
