import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { cellCosts, type StudyData } from '../../../src-shared/studies/cost-cells.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';
import { studyWarnings } from '../../../src-shared/studies/study-warnings.ts';

const DATA: StudyData = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 4000 };
const USUAL = {
  network: '{ family: squeezenet, stem: small, batchNorm: true }',
  vary: 'network.sr: [0.25, 0.5]',
  seeds: '3',
  training: '{ epochs: 10, batch: 64 }',
  data: '{}',
};

/** What is said of a study, with these parts in the place of the usual ones. */
function warnings(given: Partial<typeof USUAL> = {}, data: StudyData | null = DATA): string[] {
  const { network, vary, seeds, training, data: settings } = { ...USUAL, ...given };
  const text = `study: s\ndataset: ${data?.name ?? 'shapes'}\nnetwork: ${network}\nvary: { ${vary} }\nseeds: ${seeds}\ndata: ${settings}\ntraining: ${training}\n`;
  const reading = readStudy(text);
  assert.ok(reading.ok, JSON.stringify(reading));
  const { definition, cells } = reading.study;
  const costOf = data && cellCosts(definition.data, data);
  const costed = cells.map((cell) => {
    const cost = costOf?.(cell);
    return { recipe: cell.recipe, cost: cost?.ok ? cost.value : null };
  });
  return studyWarnings(definition, costed, data).map(showMistake);
}

test('settings that go together are passed over', () => {
  assert.deepEqual(warnings(), []);
  assert.deepEqual(
    warnings({
      training:
        '{ epochs: 10, schedule: step, milestones: [5], gamma: 0.1, augment: [crop, flip, rotation, cutout] }',
    }),
    [],
  );
  assert.deepEqual(
    warnings({
      training: '{ epochs: 10, optimizer: adam, learningRate: 0.001, schedule: cosine, warmup: 2 }',
    }),
    [],
  );
  assert.deepEqual(warnings({ training: '{ augment: [flip] }' }, { ...DATA, name: 'fashion-mnist' }), []);
});

const FIGHTS: readonly (readonly [given: Partial<typeof USUAL>, said: RegExp, data?: StudyData])[] = [
  [{ seeds: '1' }, /^seeds: with one seed nobody knows/],
  [
    { data: '{ validationShare: 0 }' },
    /^data\.validationShare: without a validation part the best cell is chosen on the test data/,
  ],
  [
    { training: '{ epochs: 3, schedule: cosine, warmup: 3 }' },
    /^training\.warmup: the warm-up of 3 epochs is no shorter than the training of 3 epochs/,
  ],
  [{ training: '{ schedule: step }' }, /^training\.milestones: the schedule step has no milestones/],
  [
    { training: '{ epochs: 5, schedule: step, milestones: [2, 5, 9] }' },
    /^training\.milestones: 5, 9 are not before the end of the training \(5 epochs\)/,
  ],
  [{ training: '{ gamma: 0.5 }' }, /^training\.gamma: it has no effect, since the schedule is not step/],
  [
    { vary: 'training.riseShare: [0.1, 0.3]', training: '{ schedule: cosine }' },
    /^training\.riseShare: it has no effect, since the schedule is not one-cycle/,
  ],
  [
    { vary: 'training.cutoutSize: [4, 8]' },
    /^training\.cutoutSize: it has no effect, since the augmentation has no cutout/,
  ],
  [
    { training: '{ epochs: 1, batch: 256 }' },
    /^training\.batch: a run has only \d+ steps \(\d+ training images in batches of 256, 1 epoch\): too few .* the schedule one-cycle/,
  ],
  [{ training: '{ batch: 2 }' }, /^training\.batch: batch norm estimates .* from 2 images/],
  [{ training: '{ optimizer: adam }' }, /^training\.learningRate: 0\.1 is large for adam/],
  [{ training: '{ momentum: 0, nesterov: true }' }, /^training\.nesterov: it has no effect without momentum/],
  [
    { training: '{ augment: [flip] }' },
    /^training\.augment: flip mirrors the characters of mnist/,
    { ...DATA, name: 'mnist' },
  ],
  [
    { training: '{ augment: [rotation], rotationDegrees: 180 }' },
    /^training\.rotationDegrees: characters of mnist that are turned by 180 degrees/,
    { ...DATA, name: 'mnist' },
  ],
  [
    { training: '{ augment: [cutout], cutoutSize: 20 }' },
    /^training\.cutoutSize: a square of 20 pixels blanks more than a quarter/,
  ],
  [
    { training: '{ augment: [crop], cropPadding: 16 }' },
    /^training\.cropPadding: a padding of 16 pixels can move half of an image/,
  ],
];

test('settings that fight each other are told, each once', () => {
  for (const [given, said, data] of FIGHTS) {
    const told = warnings(given, data);
    assert.equal(told.length, 1, `${JSON.stringify(given)}: ${told.join(' | ')}`);
    assert.match(told[0] ?? '', said);
  }
});

test('where a warning holds for some cells their number is told, and what needs the images waits for them', () => {
  assert.deepEqual(
    warnings({ vary: 'training.optimizer: [sgd, adam, adamw]' }).map((text) => text.slice(0, 60)),
    [
      'training.learningRate: in 1 of 3 cells: 0.1 is large for ada',
      'training.learningRate: in 1 of 3 cells: 0.1 is large for ada',
    ],
  );
  assert.deepEqual(warnings({ training: '{ batch: 2, epochs: 1 }' }, null), []);
});
