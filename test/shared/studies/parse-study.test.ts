import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';

const HEAD = 'study: a\ndataset: shapes\nnetwork: { family: squeezenet }\n';

test('an example keeps what it says and fills in the rest', () => {
  const file = new URL('../../../resources/studies/squeeze-ratio-and-3x3-share.yaml', import.meta.url);
  const { definition } = parseStudy(readFileSync(file, 'utf8'), 'example.yaml');
  assert.equal(definition.name, 'squeeze-ratio-and-3x3-share');
  assert.equal(definition.dataset, 'cifar10');
  assert.deepEqual(definition.seeds, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(definition.data, { validationShare: 0.1, trainingLimit: 0 });
  assert.equal(definition.training['weightDecay'], 5e-4);
  assert.deepEqual(definition.design, {
    kind: 'grid',
    vary: { 'network.sr': [0.125, 0.25, 0.5, 1], 'network.pct3x3': [0, 0.25, 0.5, 0.75, 1] },
    sample: null,
  });
});

/** What the user types, and what each line of the answer must hold. */
const MISTAKES: readonly (readonly [name: string, text: string, expected: readonly RegExp[]])[] = [
  [
    'an unknown key',
    'study: a\ndataset: b\nnetwrok: { family: squeezenet }',
    [/ {2}network: missing; expected fields/, /line 3: netwrok: .*did you mean network\?/],
  ],
  [
    'a family that does not exist',
    'study: a\ndataset: b\nnetwork: { family: squeezent }',
    [/line 3: network\.family: .*"squeezent".*did you mean squeezenet\?/],
  ],
  [
    'a value of the network out of range',
    'study: a\ndataset: b\nnetwork:\n  family: squeezenet\n  sr: 0',
    [/line 5: network\.sr: 0 is not accepted; it must be a number above 0 and at most 1/],
  ],
  [
    'several mistakes in the recipe',
    `${HEAD}training:\n  batch: 0\n  optimizer: sdg\n  epoch: 3`,
    [
      /line 5: training\.batch: 0 .*more than 0/,
      /line 6: training\.optimizer: "sdg" .*did you mean sgd\?/,
      /line 7: training\.epoch: .*did you mean epochs\?/,
    ],
  ],
  [
    'a value of a factor out of range',
    `${HEAD}vary:\n  network.pct3x3:\n    - 0\n    - 0.5\n    - 1.5`,
    [/line 8: vary\.network\.pct3x3\[2\]: 1\.5 is not accepted; it must be a number from 0 to 1/],
  ],
  [
    'a factor that does not exist',
    `${HEAD}vary:\n  network.pct3: [1]\n  sr: [0.5]\n  training.learnrate: [1]`,
    [
      /line 5: vary\.network\.pct3: .*did you mean pct3x3\?/,
      /line 6: vary\.sr: .*did you mean network\.sr\?/,
      /line 7: vary\.training\.learnrate: .*did you mean training\.learningRate\?/,
    ],
  ],
  [
    'a value listed twice',
    `${HEAD}vary: { network.sr: [0.5, 1, 0.5] }`,
    [/line 4: vary\.network\.sr\[2\]: 0\.5 is listed twice/],
  ],
  [
    'two values that cannot be told apart by name',
    `${HEAD}vary:\n  network.sr: [0.25,\n    0.30000000000000004,\n    0.3]`,
    [
      /line 7: vary\.network\.sr\[2\]: 0\.30000000000000004 and 0\.3 have the same name, 0\.3, .* leave one out/,
    ],
  ],
  [
    'two cells of a list that cannot be told apart by name',
    `${HEAD}cells:\n  - { network.sr: 0.3 }\n  - { network.sr: 0.30000000000000004 }`,
    [/line 6: cells\[1\]: two cells have the same name, "SR = 0\.3"/],
  ],
  [
    'a factor that only one family has',
    `${HEAD}vary: { network.family: [squeezenet, mobilenet-v1], network.sr: [0.5] }`,
    [
      /line 4: vary\.network\.sr\[0\]: in the cell \{ network\.family: "mobilenet-v1", network\.sr: 0\.5 \}: mobilenet-v1 has no field/,
    ],
  ],
  [
    'a value in place of a list',
    `${HEAD}vary: { network.sr: 0.5 }`,
    [/line 4: vary\.network\.sr: 0\.5 .*a list of values/],
  ],
  ['the same seed twice', `${HEAD}seeds: [1, 1]`, [/line 4: seeds: \[1,1\] .*different seeds/]],
  ['no seed', `${HEAD}seeds: 0`, [/line 4: seeds: 0 .*from 1 to 1000/]],
  [
    'a name that is no file name',
    `study: a/b\ndataset: b\nnetwork: { family: alexnet }`,
    [/line 1: study: "a\/b" /],
  ],
  [
    'validation without training',
    `${HEAD}data: { validationShare: 1 }`,
    [/line 4: data\.validationShare: 1 .*less than 1/],
  ],
  [
    'grid and list at once',
    `${HEAD}vary: { network.sr: [1] }\ncells: [{ network.sr: 1 }]`,
    [/line 5: cells: .*combined with vary/],
  ],
  ['a sample of nothing', `${HEAD}sample: { cells: 3 }`, [/line 4: sample: .*vary, which is missing/]],
  [
    'cells that compute the same',
    `${HEAD}cells:\n  - { network.sr: 0.125 }\n  - { network.freq: 2 }`,
    [/line 6: cells\[1\]: .*\{ network\.sr: 0\.125 \} and \{ network\.freq: 2 \} are the same computation/],
  ],
  [
    'a wrong cell of a list',
    `${HEAD}cells:\n  - { network.sr: 0.5 }\n  - { network.sr: 2 }`,
    [/line 6: cells\[1\]\.network\.sr: 2 is not accepted/],
  ],
  [
    'a grid beyond all bounds',
    `${HEAD}vary:\n${['epochs', 'batch', 'cutoutSize', 'cropPadding'].map((f) => `  training.${f}: [${Array.from({ length: 20 }, (_, i) => i + 1).join()}]`).join('\n')}`,
    [/line 4: vary: 160,000 combinations .*sample: \{ cells: 100 \}/],
  ],
  ['a key twice', 'study: a\nstudy: b', [/line 2: study: this key is a duplicate/]],
  ['text that is no YAML', 'study: [', [/line 1: /]],
  ['an empty file', '', [/ {2}it is empty/]],
];

for (const [name, text, expected] of MISTAKES) {
  test(`${name} is refused with its place and what would be right`, () => {
    assert.throws(
      () => parseStudy(text, 'my.yaml'),
      (error) => {
        assert(error instanceof Problem);
        assert.equal(error.code, 'study-invalid');
        const [title = '', ...lines] = error.message.split('\n');
        assert.match(title, /^my\.yaml is not a valid study:$/);
        assert.equal(lines.length, expected.length, error.message);
        for (const pattern of expected)
          assert(
            lines.some((line) => pattern.test(line)),
            `${pattern} in ${error.message}`,
          );
        return true;
      },
    );
  });
}

test('seeds may be a list, and the command line may replace them', () => {
  const { definition } = parseStudy(`${HEAD}seeds: [7, 3]`, 'a.yaml');
  assert.deepEqual(definition.seeds, [7, 3]);
  assert.deepEqual(withSeeds(definition, 3).seeds, [0, 1, 2]);
  assert.throws(() => withSeeds(definition, 0.5), { code: 'usage' });
});
