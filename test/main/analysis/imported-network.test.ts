import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import {
  type AnalysisProgress,
  type AnalysisRequest,
  analyzeRuns,
  knownOf,
} from '../../../src-main/analysis/analyze-runs.ts';
import type { AnalysisWorker } from '../../../src-main/analysis/analysis-work.ts';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import { CONFUSION_FILE, confusionSchema } from '../../../src-main/analysis/methods/evaluation/confusion.ts';
import { evaluationResults } from '../../../src-main/analysis/methods/evaluation/evaluation-results.ts';
import { judgeImage } from '../../../src-main/analysis/methods/evaluation/judge-image.ts';
import { METHODS, methodNamed, runMethod } from '../../../src-main/analysis/methods/registry.ts';
import { imageTensor, weightTensors } from '../../../src-main/analysis/network-tensors.ts';
import { outputsOfClasses } from '../../../src-main/analysis/outputs-of-classes.ts';
import { seenNetwork } from '../../../src-main/analysis/seen-network.ts';
import {
  type MissingPictures,
  specifySubject,
  specifySubjects,
} from '../../../src-main/analysis/specify-subject.ts';
import { SubjectCache } from '../../../src-main/analysis/subject-cache.ts';
import { readAnalysisFile } from '../../../src-main/artifacts/read-analysis-file.ts';
import { readNetworkCheckpoint } from '../../../src-main/checkpoints/network-checkpoint.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { forward } from '../../../src-main/engine/model.ts';
import { writeNetwork } from '../../../src-main/network-files/write-network.ts';
import { readOutcomes } from '../../../src-shared/analysis/outcomes.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { usualPreprocessing } from '../../../src-shared/networks/preprocessing.ts';
import { randomPart } from '../datasets/small-content.ts';
import { TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';
import { analyzedStore } from './analyzed-store.ts';
import { formulaValues } from './formula-values.ts';
import { littleSettings } from './little-settings.ts';
import { unevenWeights } from './small-subject.ts';
import { storage } from './test-storage.ts';

const INPUT = [16, 16, 3] as const;
/** Of the data set `pictures`: three of the network's five. */
const OUTPUTS = [3, 0, 1];

/** A store with an imported network of five classes, and a data set of three of them. */
function storeWithNetwork(context: TestContext) {
  const analyzed = analyzedStore(context);
  const { store, dataRoot } = analyzed;
  writePrepared(dataRoot, 'pictures', {
    classes: ['n00000004', 'Sea lion', '1'],
    training: randomPart(90, INPUT, 3, 5),
    test: randomPart(60, INPUT, 3, 6),
    source: 'a test',
  });
  const description = parseNetwork(TINY);
  const names = ['sea_lion', 'cat', 'dog', 'eel', 'fox'];
  const wordnetIds = names.map((_, index) => `n0000000${index + 1}`);
  const graph = resolveNetwork(description, { input: INPUT, classes: names.length });
  const values = unevenWeights(graph, 3);
  const tensors = graph.layers.flatMap(({ weights }) =>
    weights.map(({ name, shape }) => ({ name, shape, values: values.get(name) ?? new Float32Array() })),
  );
  const preprocessing = usualPreprocessing(INPUT);
  const id = store.beginNetwork('tiny-network');
  mkdirSync(store.runFolder(id), { recursive: true });
  const file = 'network.safetensors';
  const classes = { names, wordnetIds };
  const written = writeNetwork(join(store.runFolder(id), file), {
    isCompared: false,
    tensors,
    description,
    graph,
    classes,
    preprocessing,
  });
  store.addNetwork({
    ...{
      id,
      name: 'tiny-network',
      createdAt: new Date().toISOString(),
      source: { file: 'a.pt', format: 'PyTorch' },
    },
    ...{
      description,
      input: INPUT,
      classes: names,
      wordnetIds,
      preprocessing,
      setAt: null,
      file,
      ...written,
    },
  });
  return { ...analyzed, id };
}

test('an imported network is looked at on a data set, restricted to its classes, with its own normalization', (context) => {
  const { store, dataRoot, id } = storeWithNetwork(context);
  const specification = specifySubject(store, 'tiny-network', { dataRoot, data: 'pictures' });
  assert(specification.kind === 'network');
  assert.deepEqual([specification.run, specification.outputs], [id, OUTPUTS]);
  const subject = new SubjectCache(engine, () => Promise.resolve(), storage).subject(specification);
  const seen = seenNetwork(store, 'tiny-network', { dataRoot, data: 'pictures' });
  assert.deepEqual(seen, { graph: subject.graph, images: 60 });
  // pictures that were surveyed are not looked for again: this folder is not there
  const pictures = { folder: join(dataRoot, 'nowhere'), classes: null, grey: 'convert' } as const;
  const surveyed: MissingPictures = {
    ...{ ...pictures, network: id, outputs: OUTPUTS, named: ['a', 'b', 'c'], fingerprint: '', remarks: [] },
    pictures: Array.from({ length: 60 }, (_, at) => ({ file: `${at}.png`, label: at % 3 })),
    size: { shape: subject.graph.input, shortSide: 32 },
  };
  const where = { dataRoot, data: pictures };
  assert.deepEqual(seenNetwork(store, 'tiny-network', where, [surveyed]), seen);
  assert.throws(() => seenNetwork(store, 'tiny-network', where, [{ ...surveyed, network: 'another' }]), {
    code: 'not-found',
  });
  const whole = readNetworkCheckpoint(join(store.runFolder(id), 'network.safetensors'));
  assert.deepEqual([subject.classes.length, subject.statistics.mean], [3, whole.mean]);
  const set = subject.evaluationSet(30);
  const logits = (graph: typeof whole.graph, values: typeof whole.weights): number[][] => {
    const weights = weightTensors(graph, values);
    const images = imageTensor(graph, set.images(0, set.count));
    const found = tf.tidy(() =>
      forward(graph, weights, images, { operations: engine.operations, training: false }).logits.arraySync(),
    );
    tf.dispose([images, ...weights.values()]);
    return found;
  };
  const all = logits(whole.graph, whole.weights);
  assert.deepEqual(
    logits(subject.graph, subject.weights('last')),
    all.map((row) => OUTPUTS.map((output) => row[output])),
  );
  assert.throws(() => subject.weights('initial'), {
    code: 'not-found',
    message: /import of tiny-network has no checkpoint initial/,
  });
  assert.throws(() => subject.training(), { code: 'usage', message: /trained elsewhere/ });
});

test('an imported network is evaluated on all images, among all its classes and among theirs', async (context) => {
  const { store, dataRoot } = storeWithNetwork(context);
  const subject = new SubjectCache(engine, () => Promise.resolve(), storage).subject(
    specifySubject(store, 'tiny-network', { dataRoot, data: 'pictures' }),
  );
  const { graph, classes, outputs, images, weights: values } = subject.whole();
  assert.deepEqual([images.count, classes.length, outputs], [60, 5, OUTPUTS]);
  const control = {
    ...{ progress: () => undefined, found: () => undefined },
    ...{ pause: () => Promise.resolve(), peer: () => assert.fail() },
  };
  const { results, files } = await runMethod(methodNamed('evaluation'), subject, { top: 2 }, control);
  const weights = weightTensors(graph, values);
  const input = imageTensor(graph, images.images(0, images.count));
  const [accuracy, inTop, loss] = tf.tidy(() => {
    const { logits } = forward(graph, weights, input, { operations: engine.operations, training: false });
    const labels = Int32Array.from(images.labels, (label) => outputs[label] ?? -1);
    const one = tf.oneHot(tf.tensor1d(labels, 'int32'), classes.length);
    const own = logits.mul(one).sum(1, true);
    const rank = logits.greater(own).sum(1);
    return [
      rank.less(1).mean().dataSync()[0],
      rank.less(2).mean().dataSync()[0],
      tf.losses.softmaxCrossEntropy(one, logits).dataSync()[0],
    ];
  });
  tf.dispose([input, ...weights.values()]);
  const found = results.map(({ value }) => value);
  for (const [place, expected] of [accuracy, inTop, loss].entries())
    assert.ok(
      Math.abs((found[place] ?? NaN) - (expected ?? NaN)) < 1e-5,
      `${place}: ${found[place]}, ${expected}`,
    );
  const byImage = await runMethod(methodNamed('outcomes'), subject, {}, control);
  const told = readOutcomes(new TextDecoder().decode(byImage.files[0]?.bytes));
  const right = told.filter(({ truth, predicted }) => truth === predicted).length;
  assert.equal(right / told.length, found[0], 'the outcomes of all images come to the same accuracy');
  const meanLoss = told.reduce((sum, each) => sum + each.loss, 0) / told.length;
  assert.ok(Math.abs(meanLoss - (loss ?? NaN)) < 1e-5, `${meanLoss}, ${loss}`);
  assert.deepEqual(
    new Set(told.map(({ truth }) => truth)),
    new Set(OUTPUTS),
    'by the numbers of the network',
  );
  const confusion = files.find(({ file }) => file === CONFUSION_FILE) ?? assert.fail();
  const pairs = confusionSchema.parse(JSON.parse(new TextDecoder().decode(confusion.bytes)));
  assert.equal(
    pairs.reduce((sum, each) => sum + each.images, 0),
    60,
  );
});

test("accuracies and losses of an evaluation are scikit-learn's", () => {
  const file = new URL('../../fixtures/analysis/evaluation.json', import.meta.url);
  const expected = z.record(z.string(), z.number()).parse(JSON.parse(readFileSync(file, 'utf8')));
  const logits = formulaValues(40 * 7, 11).map((value) => 3 * value);
  const judged = Array.from({ length: 40 }, (_, image) =>
    judgeImage(logits.subarray(7 * image, 7 * (image + 1)), image % 3, [4, 0, 5]),
  );
  const results = evaluationResults(judged, { top: 3, classes: 7, among: 3 });
  assert.deepEqual(
    results.map(({ measure }) => measure),
    Object.keys(expected),
  );
  for (const { measure, value, interval } of results) {
    assert.ok(Math.abs((value ?? NaN) - (expected[measure] ?? NaN)) < 1e-6, measure);
    assert.ok(value !== null && interval && interval[0] < value && value < interval[1], measure);
  }
  // whoever has equal logits for all says the first class
  const undecided = judgeImage(new Float32Array(7), 1, [4, 0, 5]);
  assert.deepEqual([undecided.rank, undecided.predicted, undecided.rankAmong], [0, 0, 1]);
});

test('every method that needs no training and no other runs looks at an imported network', async (context) => {
  const { store, dataRoot } = storeWithNetwork(context);
  const pause = (): Promise<void> => Promise.resolve();
  const subject = new SubjectCache(engine, pause, storage).subject(
    specifySubject(store, 'tiny-network', { dataRoot, data: 'pictures' }),
  );
  const control = {
    ...{ pause, progress: () => undefined, found: () => undefined },
    peer: () => {
      throw new Error('no peers');
    },
  };
  for (const method of METHODS.filter(({ comparesRuns }) => comparesRuns !== true)) {
    const settings = littleSettings(method, { layers: 'conv1', retrainEpochs: 0, part: 'test' });
    const { results, files } = await runMethod(method, subject, settings, control);
    assert.ok(results.length + files.length > 0, method.name);
  }
  const compression = methodNamed('deep-compression');
  await assert.rejects(runMethod(compression, subject, littleSettings(compression), control), {
    code: 'usage',
    message: /trained elsewhere/,
  });
});

test('methods of weights see an imported network without images and with all its classes', async (context) => {
  const { store, dataRoot } = storeWithNetwork(context);
  const pause = (): Promise<void> => Promise.resolve();
  const cache = new SubjectCache(engine, pause, storage);
  const control = {
    ...{ pause, progress: () => undefined, found: () => undefined },
    peer: () => cache.subject(onPictures),
  };
  const onPictures = specifySubject(store, 'tiny-network', { dataRoot, data: 'pictures' });
  const ofWeights = METHODS.filter((method) => method.ofWeights === true);
  const specificationFor = specifySubjects(store, 'tiny-network', { dataRoot, data: null }, ofWeights);
  for (const method of METHODS.filter(({ comparesRuns }) => comparesRuns !== true)) {
    const subject = cache.subject(specificationFor(method));
    assert.equal(subject.classes.length, 5);
    const looked = runMethod(
      method,
      subject,
      littleSettings(method, { layers: 'conv1', retrainEpochs: 0, part: 'test' }),
      control,
    );
    if (method.ofWeights !== true) await assert.rejects(looked, /opened without images/, method.name);
    else assert.ok((await looked).results.length + (await looked).files.length > 0, method.name);
  }
});

test('what is found is kept for a network, its data set and its settings, and its files are read', async (context) => {
  const { store, dataRoot, runs, id } = storeWithNetwork(context);
  const asked = methodRequests(['separation'], { images: 30 });
  const folders: string[] = [];
  const worker: AnalysisWorker = {
    work: ({ folder, settings }) => {
      folders.push(folder);
      assert.ok(!('data' in settings));
      return Promise.resolve({ results: [], files: [], seconds: 1 });
    },
    close: () => undefined,
  };
  const [first] = asked;
  assert.ok(first);
  const named = [{ ...first, name: 'how-separate' }];
  const request: AnalysisRequest = { runs: ['tiny-network'], asked: named, data: 'pictures', again: false };
  const told: string[] = [];
  const onProgress = ({ step }: AnalysisProgress): void => void told.push(step);
  const computing = { store: () => store, worker, dataRoot, onProgress };
  const [found] = await analyzeRuns(request, computing);
  assert.deepEqual([found?.run, found?.settings['data']], [id, 'pictures']);
  assert.deepEqual(told, ['how-separate']);
  assert.ok(folders[0]?.startsWith(join(store.runFolder(id), 'analysis')));
  assert.deepEqual(knownOf(request, store, dataRoot), [found]);
  await analyzeRuns(request, computing);
  assert.equal(folders.length, 1);
  // once the preprocessing was set, what was found before is not taken for what would be found now
  const before = store.network(id);
  const preprocessing = { ...before.preprocessing, shortSide: 17 };
  store.setNetwork(id, { ...before, preprocessing, setAt: new Date().toISOString() });
  assert.deepEqual(knownOf(request, store, dataRoot), []);
  const [later] = await analyzeRuns(request, computing);
  assert.match(String(later?.settings['preprocessing']), /^short side 17, centre 16x16/);
  assert.equal(store.analyses([id]).length, 2);
  assert.equal(folders.length, 2);
  assert.throws(
    () =>
      readAnalysisFile(store, { run: id, method: 'separation', settings: found?.settings ?? {} }, 'a.png'),
    { code: 'not-found', message: /no file "a\.png"/ },
  );

  const refused = async (wanted: Partial<AnalysisRequest>, message: RegExp): Promise<void> =>
    assert.rejects(analyzeRuns({ ...request, ...wanted }, computing), {
      code: 'usage',
      message,
    });
  // what is found in the weights needs no images, and is the same with whichever
  const ofWeights = { ...request, asked: methodRequests(['tap-shares']) };
  const [withoutImages] = await analyzeRuns({ ...ofWeights, data: null }, computing);
  assert.ok(!('data' in (withoutImages?.settings ?? {})));
  assert.deepEqual(await analyzeRuns(ofWeights, computing), [withoutImages]);
  await refused(
    { data: null, asked: [...asked, ...ofWeights.asked] },
    /name a folder of pictures, or a data set of 16x16x3 images/,
  );
  await refused({ data: null }, /name a folder of pictures, or a data set of 16x16x3 images/);
  await refused(
    { data: { folder: '/absent', classes: null, grey: 'convert' }, runs: [runs[0]] },
    /data set of its/,
  );
  await refused({ runs: [runs[0]] }, /analysed on the data set of its training, shapes/);
  await refused({ data: 'shapes' }, /takes 16x16x3 images, those of shapes are 32x32x3/);
  await refused(
    { asked: methodRequests(['similarity-across'], { images: 30 }) },
    /network tiny-network belongs to none/,
  );
});

test('classes that a network does not have, or that are one to it, are refused by name', () => {
  const network = { name: 'n', classes: ['cat', 'dog'], wordnetIds: null };
  assert.deepEqual(outputsOfClasses(network, ['Dog', '0'], 'pictures'), [1, 0]);
  assert.throws(() => outputsOfClasses(network, ['cat', 'cow'], 'pictures'), {
    code: 'usage',
    message: /does not have the classes cow of pictures/,
  });
  assert.throws(() => outputsOfClasses(network, ['cat', '0'], 'pictures'), {
    code: 'usage',
    message: /The class 0/,
  });
});
