import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { recipeSchema, type Recipe } from '../../../src-shared/studies/recipe.ts';
import { DEFAULT_RESUME_SECONDS } from '../../../src-shared/studies/resume-seconds.ts';
import type { RunSpecification, TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';
import type { ImagesInMemory } from '../../../src-main/datasets/dataset.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { removeResumeCheckpoints } from '../../../src-main/checkpoints/resume-checkpoints.ts';
import { readSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { TRAINING as TRAINING_WORK } from '../../../src-main/trainer/training-work.ts';
import { TrainerChild, trainerEnvironment, type Training } from './trainer-child.ts';

const SIDE = 16;
const CLASSES = ['red', 'green', 'blue', 'grey'];
const TRAINING = 160;
const TEST = 42;
const EPOCHS = 10;
/** A fifth of each class is kept for validation; batches of 16. */
const STEPS = EPOCHS * 8;

const NETWORK = {
  family: 'squeezenet',
  version: '1.1',
  baseE: 16,
  incrE: 8,
  sr: 0.5,
  stemFilters: 16,
  stem: 'small',
  bypass: 'simple',
  batchNorm: true,
  dropout: 0.2,
};

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-trainer-'));
const dataset = path.join(root, 'data', 'colours');
let trainer: TrainerChild;

before(async () => {
  writePrepared(path.join(root, 'data'), 'colours', {
    classes: CLASSES,
    training: colours(TRAINING, 1),
    test: colours(TEST, 2),
    source: 'drawn by a test',
  });
  trainer = await TrainerChild.start();
});

after(() => {
  trainer.kill();
  fs.rmSync(root, { recursive: true });
});

/** Noise with a cast of one colour, or none: easy, but nothing that one pixel could tell. */
function colours(count: number, seed: number): ImagesInMemory {
  const stream = randomStream(seed, 'colours');
  const labels = Uint16Array.from({ length: count }, (_, index) => index % CLASSES.length);
  const size = SIDE * SIDE * 3;
  const images = Uint8Array.from({ length: count * size }, (_, at) => {
    const cast = labels[Math.floor(at / size)] === at % 3 ? 60 : 0;
    return cast + 190 * stream.uniform();
  });
  return { count, shape: [SIDE, SIDE, 3], images, labels };
}

let folders = 0;

function specification(
  recipe: Partial<Recipe> = {},
  fields: Partial<RunSpecification> = {},
): RunSpecification & { recipe: Recipe } {
  return {
    run: 'a run',
    network: NETWORK,
    dataset,
    validationShare: 0.2,
    trainingLimit: 0,
    recipe: recipeSchema.parse({
      epochs: EPOCHS,
      batch: 16,
      learningRate: 0.03,
      augment: ['crop'],
      cropPadding: 1,
      ...recipe,
    }),
    seed: 1,
    artifacts: path.join(root, 'artifacts', String(folders++)),
    resumeSeconds: DEFAULT_RESUME_SECONDS,
    ...fields,
  };
}

function resultOf(end: Training['end']) {
  if (end.state !== 'complete') throw new Error(JSON.stringify(end));
  return end.result;
}

function failureOf(end: Training['end']) {
  if (end.state !== 'failed') throw new Error(JSON.stringify(end));
  return end.failure;
}

function pointsOf(said: readonly TrainingProgress[]) {
  return said.flatMap((message) => (message.type === 'steps' ? message.points : []));
}

function epochsOf(said: readonly TrainingProgress[]) {
  return said.flatMap((message) => (message.type === 'epoch' ? [message.point] : []));
}

/** All numbers of a run but those of the clock and of the machine. */
function numbersOf(said: readonly TrainingProgress[], end: Training['end']) {
  const times = Object.fromEntries([...timeMetrics, 'preparationSeconds'].map((name) => [name, 0]));
  const result = {
    ...{ ...resultOf(end), ...times, seconds: 0, imagesPerSecond: 0, dataWaitShare: 0, peakMemoryBytes: 0 },
  };
  return {
    steps: pointsOf(said).map((point) => ({ ...point, imagesPerSecond: 0, dataWaitShare: 0 })),
    epochs: epochsOf(said).map((point) => ({ ...point, seconds: 0 })),
    result,
  };
}

let first: Training & { asked: RunSpecification };

test('a run tells what it is at, its steps, its epochs and its result, and learns an easy set', async () => {
  assert.deepEqual([trainer.engine.threads, trainer.engine.name !== ''], [2, true]);
  const asked = specification();
  const began = performance.now();
  const { said, end } = await trainer.train(asked);
  const took = (performance.now() - began) / 1000;
  first = { said, end, asked };
  const kinds = said
    .map((message) => (message.type === 'phase' ? message.phase : message.type))
    .filter((kind) => kind !== 'resume checkpoint' && kind !== 'usage');
  assert.deepEqual(kinds.slice(0, 4), ['loading the data', 'recording the first step', 'started', 'steps']);
  assert.equal(kinds.at(-1), 'testing');
  const started = said.find(({ type }) => type === 'started');
  assert.ok(started?.type === 'started', started?.type);
  assert.deepEqual([started.stepsPerEpoch, started.totalSteps], [STEPS / EPOCHS, STEPS]);
  assert.deepEqual([started.mode, started.modeReason], ['compiled', null]);
  const description = JSON.parse(fs.readFileSync(path.join(dataset, 'dataset.json'), 'utf8')) as {
    hash: string;
  };
  assert.equal(started.dataHash, description.hash);

  const points = pointsOf(said);
  assert.deepEqual(
    points.map(({ step }) => step),
    Array.from({ length: STEPS }, (_, index) => index + 1),
  );
  assert.ok(points.every(({ imagesPerSecond }) => imagesPerSecond > 0));
  const epochs = epochsOf(said);
  assert.deepEqual(
    epochs.map(({ epoch, step }) => [epoch, step]),
    Array.from({ length: EPOCHS }, (_, index) => [index + 1, 8 * (index + 1)]),
  );
  for (const { epoch, step, trainingLoss, trainingAccuracy } of epochs) {
    const own = points.filter((point) => point.step > step - 8 && point.step <= step);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(trainingLoss - mean(own.map(({ loss }) => loss))) < 1e-9, `epoch ${epoch}`);
    assert.ok(
      Math.abs(trainingAccuracy - mean(own.map(({ accuracy }) => accuracy))) < 1e-9,
      `epoch ${epoch}`,
    );
    // Every step of an epoch has been told before its end.
    const place = said.findIndex((message) => message.type === 'epoch' && message.point.epoch === epoch);
    assert.equal(pointsOf(said.slice(0, place)).length, step);
  }

  const result = resultOf(end);
  assert.ok(result.testAccuracy > 0.9, `${result.testAccuracy}`);
  assert.ok((epochs.at(-1)?.trainingLoss ?? 9) < (epochs[0]?.trainingLoss ?? 0) / 2);
  assert.deepEqual(
    result.confusion.map((row) => row.reduce((sum, count) => sum + count, 0)),
    [11, 11, 10, 10],
  );
  const right = result.confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  assert.ok(Math.abs(result.testAccuracy - right / TEST) < 1e-9);
  assert.equal(result.testTop5, 1);
  const validations = epochs.map(({ validationAccuracy }) => validationAccuracy ?? 0);
  assert.equal(result.bestValidationAccuracy, Math.max(...validations));
  assert.equal(result.validationAccuracy, validations.at(-1));

  const spent = timeMetrics.map((name) => result[name]);
  // histograms are not recorded
  assert.deepEqual(
    timeMetrics.filter((name) => !(result[name] > 0)),
    ['recordingSeconds'],
    spent.join(' '),
  );
  const all = spent.reduce((sum, seconds) => sum + seconds, 0);
  assert.ok(all > result.seconds, `${all} s with the loading, ${result.seconds} s without it`);
  assert.ok(all < took, `${all} s of ${took} s`);
  assert.ok(result.preparationSeconds > 0 && result.preparationSeconds < took);
});

test('its checkpoints hold the whole network and how to build it', () => {
  const { asked, end } = first;
  const { artifacts } = resultOf(end);
  assert.deepEqual(artifacts.map(({ kind }) => kind).sort(), ['best', 'initial', 'last', 'optimizer']);
  const files = new Map(
    artifacts.map(({ kind, file, bytes, sha256 }) => {
      const place = path.join(asked.artifacts, file);
      const content = fs.readFileSync(place);
      assert.equal(content.length, bytes);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
      return [kind, readSafetensors(place)];
    }),
  );
  // what it kept to go on from is removed where it is recorded
  removeResumeCheckpoints(asked.artifacts);
  assert.equal(fs.readdirSync(asked.artifacts).length, 4);
  const { tensors = [], metadata = {} } = files.get('last') ?? {};
  assert.deepEqual([metadata['kind'], metadata['step'], metadata['seed']], ['last', String(STEPS), '1']);
  const network = parseNetwork(JSON.parse(metadata['network'] ?? ''));
  const [height = 0, width = 0, channels = 0] = JSON.parse(metadata['input'] ?? '') as number[];
  const classes = JSON.parse(metadata['classes'] ?? '') as string[];
  assert.deepEqual(classes, CLASSES);
  const graph = resolveNetwork(network, { input: [height, width, channels], classes: classes.length });
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  for (const { name, shape } of graph.layers.flatMap(({ weights }) => weights))
    assert.deepEqual(shapes.get(name), shape, name);
  const values = tensors.reduce((sum, tensor) => sum + tensor.values.length, 0);
  const { parameters, movingStatistics } = networkCost(graph);
  assert.equal(values, parameters + movingStatistics);
  assert.ok(tensors.every((tensor) => tensor.values.every(Number.isFinite)));
  const slots = files.get('optimizer')?.tensors ?? [];
  assert.ok(slots.some(({ name }) => name === 'velocity/fire2/squeeze/kernel'));
  assert.equal(
    slots.reduce((sum, tensor) => sum + tensor.values.length, 0),
    parameters,
  );
});

test('the same seed gives the same numbers and weights to the bit, in a warm trainer and in a new one', async () => {
  const expected = numbersOf(first.said, first.end);
  const again = await trainer.train(specification());
  assert.deepEqual(numbersOf(again.said, again.end), expected);
  const other = await TrainerChild.start();
  const fresh = await other.train(specification());
  assert.deepEqual(numbersOf(fresh.said, fresh.end), expected);
  assert.equal(await other.leave(), 'The trainer ended with exit code 0.');
});

test('checkpoints over training are kept where they are asked for, and change no bit of it', async () => {
  const asked = specification({}, { record: { checkpoints: 4, histograms: 0 } });
  const { said, end } = await trainer.train(asked);
  const { artifacts } = resultOf(end);
  assert.deepEqual(artifacts.map(({ kind }) => kind).sort(), [
    ...['best', 'epoch-4', 'epoch-8', 'initial', 'last', 'optimizer'],
  ]);
  const withArtifacts = (numbers: ReturnType<typeof numbersOf>, of: typeof artifacts) => ({
    ...numbers,
    result: { ...numbers.result, artifacts: of },
  });
  const usual = artifacts.filter(({ kind }) => !kind.startsWith('epoch-'));
  assert.deepEqual(withArtifacts(numbersOf(said, end), usual), numbersOf(first.said, first.end));
  const read = (kind: string) => readSafetensors(path.join(asked.artifacts, `${kind}.safetensors`));
  assert.deepEqual([read('epoch-4').metadata['kind'], read('epoch-4').metadata['step']], ['epoch-4', '32']);
  assert.notDeepEqual(read('epoch-4').tensors, read('epoch-8').tensors);
  // a training that ends there, at a learning rate that knows nothing of its end, ends with the same weights
  const [long, short] = [8, 4].map((epochs) =>
    specification({ epochs, schedule: 'constant' }, { record: { checkpoints: 4, histograms: 0 } }),
  );
  assert.ok(long && short);
  resultOf((await trainer.train(long)).end);
  const { end: shortEnd } = await trainer.train(short);
  assert.ok(resultOf(shortEnd).artifacts.every(({ kind }) => !kind.startsWith('epoch-')));
  assert.deepEqual(
    readSafetensors(path.join(long.artifacts, 'epoch-4.safetensors')).tensors,
    readSafetensors(path.join(short.artifacts, 'last.safetensors')).tensors,
  );
});

test('histograms are recorded from the first step to the last, and change no bit of the training', async () => {
  const asked = specification({}, { record: { checkpoints: 0, histograms: 5 } });
  const { said, end } = await trainer.train(asked);
  assert.deepEqual(numbersOf(said, end), numbersOf(first.said, first.end));
  assert.ok(resultOf(end).recordingSeconds > 0 && resultOf(first.end).recordingSeconds === 0);
  const told = said.flatMap((message) => (message.type === 'histograms' ? [message.histograms] : []));
  assert.deepEqual(
    told.map(({ step }) => step),
    [1, 21, 41, 60, 80],
  );
  const graph = resolveNetwork(parseNetwork(NETWORK), { input: [SIDE, SIDE, 3], classes: CLASSES.length });
  const layers = graph.layers.filter(({ weights }) => weights.length > 0);
  const of = (place: number, layer: string, part: string) =>
    told[place]?.layers.find((each) => each.layer === layer && each.of === part) ?? assert.fail(layer);
  for (const { layers: found } of told)
    assert.deepEqual(
      found.map(({ layer, of: part }) => `${layer} ${part}`),
      layers.flatMap(({ name }) => ['weights', 'gradients', 'activations'].map((part) => `${name} ${part}`)),
    );
  // the first step finds the initial weights
  const kernels = readSafetensors(path.join(asked.artifacts, 'initial.safetensors')).tensors;
  for (const { name, output } of layers) {
    const values = kernels.find((tensor) => tensor.name === `${name}/kernel`)?.values ?? assert.fail(name);
    const weights = of(0, name, 'weights');
    assertNear(weights.norm, Math.hypot(...values), 1e-6);
    assert.deepEqual([weights.count, of(0, name, 'gradients').count], [values.length, values.length]);
    assert.equal(of(0, name, 'activations').count, 16 * output[0] * output[1] * output[2]);
  }
});

test('what a step changes the weights by is its learning rate times the gradient that was counted', async () => {
  const plain = { epochs: 1, momentum: 0, weightDecay: 0, schedule: 'constant' as const };
  const { said } = await trainer.train(specification(plain, { record: { checkpoints: 0, histograms: 100 } }));
  const told = said.flatMap((message) => (message.type === 'histograms' ? [message.histograms] : []));
  assert.equal(told.length, STEPS / EPOCHS);
  for (const { layers } of told)
    for (const [layer, parts] of Map.groupBy(layers, (each) => each.layer)) {
      const [weights, gradients] = parts;
      assert.ok(weights?.of === 'weights' && gradients?.of === 'gradients', layer);
      assertNear(weights.update, 0.03 * (gradients.norm ?? NaN), 1e-3);
    }
});

function assertNear(found: number | null | undefined, expected: number, tolerance: number): void {
  assert.ok(Math.abs((found ?? NaN) / expected - 1) <= tolerance, `${found}, not ${expected}`);
}

test('a gradient that is not finite is counted, and what was told before a run diverged stays', async () => {
  const { said, end } = await trainer.train(
    specification(
      { learningRate: 1e4, schedule: 'constant' },
      { record: { checkpoints: 0, histograms: 80 } },
    ),
  );
  const { step } = failureOf(end);
  const told = said.flatMap((message) => (message.type === 'histograms' ? [message.histograms] : []));
  assert.equal(told.at(-1)?.step, step);
  const last = told.at(-1)?.layers.filter(({ of }) => of === 'gradients') ?? [];
  assert.ok(last.some(({ nans, infinite }) => nans + infinite > 0));
  for (const { nans, infinite, count, counts, zeros } of last)
    assert.equal(counts.reduce((sum, each) => sum + each, 0) + nans + infinite + zeros, count);
});

test('another seed gives other weights and another order', async () => {
  const { said, end } = await trainer.train(specification({ epochs: 1 }, { seed: 2 }));
  resultOf(end);
  assert.notEqual(pointsOf(said)[0]?.loss, pointsOf(first.said)[0]?.loss);
});

test('cells of one seed are paired: the same data in the same order, the same start of what they share', async () => {
  const decayed = await trainer.train(specification({ epochs: 1, weightDecay: 0.01 }));
  assert.equal(pointsOf(decayed.said)[0]?.loss, pointsOf(first.said)[0]?.loss);
  assert.notEqual(pointsOf(decayed.said)[5]?.loss, pointsOf(first.said)[5]?.loss);
  const sr = [0.5, 0.5, 0.5, 0.25, 0.5, 0.5, 0.5, 0.5];
  const wide = specification({ epochs: 1 }, { network: { ...NETWORK, sr } });
  resultOf((await trainer.train(wide)).end);
  const initial = (artifacts: string) =>
    new Map(
      readSafetensors(path.join(artifacts, 'initial.safetensors')).tensors.map((tensor) => [
        tensor.name,
        tensor,
      ]),
    );
  const ours = initial(wide.artifacts);
  let differing = 0;
  for (const [name, tensor] of initial(first.asked.artifacts)) {
    const found = ours.get(name);
    if (String(found?.shape) !== String(tensor.shape)) differing++;
    else assert.deepEqual(found?.values, tensor.values, name);
  }
  // fire5's squeeze layer has another width: all that it has, and the kernels that read it.
  assert.equal(differing, 6 + 2);
});

test('a run that is asked to stop stops, and the next one trains', async () => {
  const { said, end } = await trainer.train(specification({ epochs: 500 }), () => trainer.stop());
  assert.deepEqual(end, { state: 'stopped' });
  assert.ok(pointsOf(said).length < 500);
  const next = await trainer.train(specification());
  assert.deepEqual(numbersOf(next.said, next.end), numbersOf(first.said, first.end));
});

test('a loss that is no number ends the run with its step, and with what it was before', async () => {
  const { said, end } = await trainer.train(specification({ learningRate: 1e30, schedule: 'constant' }));
  const failure = failureOf(end);
  assert.equal(failure.code, 'loss-not-finite');
  assert.ok(failure.step !== null && failure.step >= 2 && failure.step < STEPS, `${failure.step}`);
  // What came before it is kept.
  const points = pointsOf(said);
  assert.equal(points.length, failure.step - 1);
  const shown = ({ loss }: { readonly loss: number }) =>
    loss < 1e6 ? loss.toPrecision(4) : loss.toExponential(2);
  const [first, last] = [points[0], points.at(-1)];
  assert(first && last);
  const course = first === last ? '' : ` and ${shown(first)} at step 1`;
  const text = `the training loss was NaN at step ${failure.step} (learning rate 1.00e+30); it was ${shown(last)} at step ${last.step}${course}; a lower`;
  assert.equal(failure.message.slice(0, text.length), text);
});

for (const [part, validationShare] of [
  ['validation', 0.2],
  ['test', 0],
] as const)
  test(`weights that only the last step ruins are noticed by the ${part} part`, async () => {
    const recipe = { epochs: 1, batch: 128, learningRate: 1e38, schedule: 'constant' } as const;
    const { end } = await trainer.train(specification(recipe, { validationShare }));
    const failure = failureOf(end);
    assert.deepEqual([failure.code, failure.step], ['loss-not-finite', 1]);
    assert.match(failure.message, new RegExp(`^the ${part} loss was \\S+ after step 1; a lower`));
  });

const REFUSED: readonly (readonly [
  title: string,
  recipe: Partial<Recipe>,
  fields: Partial<RunSpecification>,
  code: string,
  message: RegExp,
])[] = [
  [
    'a missing data set',
    {},
    { dataset: path.join(root, 'nowhere') },
    'data-invalid',
    /no prepared data set in .*nowhere/,
  ],
  [
    'a batch larger than the data',
    { batch: 129 },
    {},
    'data-invalid',
    /batch is 129, but there are only 128 training images/,
  ],
  ['a limit beyond the images', {}, { trainingLimit: 129 }, 'data-invalid', /129, but only 128 training/],
  ['a limit below the batch', {}, { trainingLimit: 10 }, 'data-invalid', /only 10 training images/],
  [
    'a network that the images do not fit',
    {},
    { network: { family: 'alexnet' } },
    'network-invalid',
    /feature map becomes too small/,
  ],
];

for (const [title, recipe, fields, code, message] of REFUSED)
  test(`${title} fails the run and says what to do`, async () => {
    const { said, end } = await trainer.train(specification(recipe, fields));
    const failure = failureOf(end);
    assert.equal(failure.code, code);
    assert.match(failure.message, message);
    assert.deepEqual(said, [{ type: 'phase', phase: 'loading the data' }]);
  });

test('a data set that is replaced during a run gives no test result', async () => {
  const file = path.join(dataset, 'dataset.json');
  const text = fs.readFileSync(file, 'utf8');
  const replaced = text.replace(/"hash": ?"[0-9a-f]{64}"/, `"hash":"${'0'.repeat(64)}"`);
  assert.notEqual(replaced, text);
  try {
    const { end } = await trainer.train(specification(), () => fs.writeFileSync(file, replaced));
    const failure = failureOf(end);
    assert.equal(failure.code, 'data-invalid');
    assert.match(failure.message, /^the data set colours was replaced during the run/);
  } finally {
    fs.writeFileSync(file, text);
  }
});

for (const part of ['training', 'test'])
  test(`labels of the ${part} part that are overwritten in place give no result, neither at once nor later`, async () => {
    const file = path.join(dataset, `${part}.bin`);
    const bytes = fs.readFileSync(file);
    const count = part === 'training' ? TRAINING : TEST;
    const labels = Buffer.from(bytes.subarray(0, count * 2));
    for (let index = 0; index < count; index++) labels[index * 2] = (labels[index * 2] ?? 0) ^ 1;
    const overwrite = (): void => fs.writeFileSync(file, Buffer.concat([labels, bytes.subarray(count * 2)]));
    const changed =
      /^the data set in .*colours is damaged: its images or labels have changed since they were added/;
    const refused = (end: Training['end']): void => {
      const failure = failureOf(end);
      assert.equal(failure.code, 'data-invalid');
      assert.match(failure.message, changed);
    };
    try {
      // long enough that the labels are overwritten before the test part is read, however busy the machine is
      const { end } = await trainer.train(specification({ epochs: 40 }), overwrite);
      // the training part is in memory as it was; of the test part the changed one is read
      if (part === 'test') refused(end);
      else resultOf(end);
      // another cut: the training part is read again
      refused((await trainer.train(specification({ epochs: 1 }, { validationShare: 0.25 }))).end);
    } finally {
      fs.writeFileSync(file, bytes);
    }
  });

test('without validation images there is no best checkpoint', async () => {
  const { said, end } = await trainer.train(
    specification({ epochs: 1, momentum: 0 }, { validationShare: 0 }),
  );
  const { artifacts, bestValidationAccuracy, validationLoss } = resultOf(end);
  assert.deepEqual([bestValidationAccuracy, validationLoss], [null, null]);
  assert.deepEqual(
    artifacts.map(({ kind }) => kind),
    ['initial', 'last'],
  );
  assert.equal(epochsOf(said)[0]?.validationAccuracy, null);
  assert.equal(pointsOf(said).length, 10);
});

test('a trainer whose application is gone leaves, even in the middle of a run', async () => {
  const other = fork(fileURLToPath(TRAINING_WORK.program), [], {
    execArgv: [],
    env: { ...process.env, ...trainerEnvironment() },
  });
  const task = specification({ epochs: 500 });
  other.on('message', ({ type }: { type: string }) => {
    if (type === 'ready') other.send({ type: 'do', job: 1, task, aliveEvery: 1000 });
    if (type === 'progress' && other.connected) other.disconnect();
  });
  assert.deepEqual(await once(other, 'exit'), [0, null]);
});
