import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { drawWeight } from '../../../src-main/engine/initial-state.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import type { Artifact } from '../../../src-shared/studies/trainer-protocol.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { randomPart } from '../datasets/small-content.ts';
import { TINY } from '../engine/networks.ts';
import { addRuns, PROVENANCE, RESULT, studyInput, temporaryFolder } from '../store/sample-study.ts';

const CLASSES = ['a', 'b', 'c'];
const CHECKPOINTS = ['initial', 'best', 'last'] as const;
const textOf = (dataset: string): string =>
  `study: tiny\ndataset: ${dataset}\nnetwork: ${JSON.stringify(TINY)}\nvary: { network.sr: [0.5, 1] }\n`;

export interface AnalyzedStore {
  readonly store: Store;
  readonly folder: string;
  readonly dataRoot: string;
  /** Complete runs of one cell with the seeds 0 and 1. */
  readonly runs: readonly [string, string];
  /** Complete runs of the other cell with the same seeds. */
  readonly others: readonly [string, string];
  readonly waiting: string;
}

/**
 * Four complete runs with their checkpoints, on a small data set of random 16x16 images.
 * @param dataset its name; those of built-in ones are taken for these where an imported network is looked at
 */
export function analyzedStore(context: TestContext, dataset = 'shapes'): AnalyzedStore {
  const folder = temporaryFolder(context);
  const dataRoot = join(folder, 'data');
  const { hash } = writeImages(dataRoot, 1, dataset);
  const store = openStore(join(folder, 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy({ ...studyInput(textOf(dataset)), dataHash: hash });
  const [first = '', second = '', waiting = ''] = addRuns(store, [0, 1, 2], 'tiny');
  const cell = store.cells('tiny').at(-1)?.id ?? '';
  const [other = '', last = ''] = store.addRuns(
    [0, 1].map((seed) => ({ study: 'tiny', cell, seed, retryOf: null })),
  );
  for (const [run, seed, sr] of [
    [first, 0, 0.5],
    [second, 1, 0.5],
    [other, 0, 1],
    [last, 1, 1],
  ] as const) {
    const artifacts = join(folder, 'artifacts', run);
    mkdirSync(artifacts, { recursive: true });
    store.startRun(run, { provenance: { ...PROVENANCE, dataHash: hash } });
    const kept = CHECKPOINTS.map((kind) => checkpoint(artifacts, kind, { seed, sr, dataHash: hash }));
    store.completeRun(run, { ...RESULT, artifacts: kept });
  }
  return { store, folder, dataRoot, runs: [first, second], others: [other, last], waiting };
}

/** Replaces the data set by other random images. */
export function writeImages(dataRoot: string, seed: number, dataset = 'shapes') {
  return writePrepared(dataRoot, dataset, {
    classes: CLASSES,
    training: randomPart(90, [16, 16, 3], 3, seed),
    test: randomPart(60, [16, 16, 3], 3, seed + 100),
    source: 'a test',
  });
}

/** Drawn from other seeds the later they are, for a network that differs from that before the training. */
function checkpoint(
  artifacts: string,
  kind: (typeof CHECKPOINTS)[number],
  { seed, sr, dataHash }: { readonly seed: number; readonly sr: number; readonly dataHash: string },
): Artifact {
  const network = { ...TINY, sr };
  const graph = resolveNetwork(parseNetwork(network), { input: [16, 16, 3], classes: CLASSES.length });
  const drawn = seed + 10 * CHECKPOINTS.indexOf(kind);
  const tensors = graph.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const values = new Float32Array(weightSize(weight));
      drawWeight(values, weight.initializer, randomStream(drawn, 'initialization', weight.name));
      return { name: weight.name, shape: weight.shape, values };
    }),
  );
  const file = `${kind}.safetensors`;
  const written = writeSafetensors(join(artifacts, file), tensors, {
    ...{ format: 'kindling', kind, step: '20', dataHash, input: '[16,16,3]' },
    network: JSON.stringify(network),
    classes: JSON.stringify(CLASSES),
    mean: '[0.5,0.5,0.5]',
    std: '[0.3,0.3,0.3]',
  });
  return { kind, file, ...written };
}
