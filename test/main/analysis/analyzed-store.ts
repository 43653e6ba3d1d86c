import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { drawWeight } from '../../../src-main/engine/initial-state.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { writeSafetensors } from '../../../src-main/trainer/safetensors.ts';
import type { Artifact } from '../../../src-shared/contract/trainer-protocol.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { randomPart } from '../datasets/small-content.ts';
import { TINY } from '../engine/networks.ts';
import { addRuns, PROVENANCE, RESULT, studyInput, temporaryFolder } from '../store/sample-study.ts';

const CLASSES = ['a', 'b', 'c'];
const TEXT = `study: tiny\ndataset: shapes\nnetwork: ${JSON.stringify(TINY)}\nvary: { network.sr: [0.5] }\n`;

export interface AnalyzedStore {
  readonly store: Store;
  readonly folder: string;
  readonly dataRoot: string;
  /** Complete runs of one cell with the seeds 0 and 1. */
  readonly runs: readonly [string, string];
  readonly waiting: string;
}

/** Two complete runs with their checkpoints `initial` and `last`, on a small data set of random 16x16 images. */
export function analyzedStore(context: TestContext): AnalyzedStore {
  const folder = temporaryFolder(context);
  const dataRoot = join(folder, 'data');
  const { hash } = writeImages(dataRoot, 1);
  const store = openStore(join(folder, 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy({ ...studyInput(TEXT), dataHash: hash });
  const [first = '', second = '', waiting = ''] = addRuns(store, [0, 1, 2], 'tiny');
  for (const [seed, run] of [first, second].entries()) {
    const artifacts = join(folder, 'artifacts', run);
    mkdirSync(artifacts, { recursive: true });
    store.startRun(run, { provenance: PROVENANCE, artifacts });
    store.completeRun(run, {
      ...RESULT,
      artifacts: [checkpoint(artifacts, 'initial', seed, hash), checkpoint(artifacts, 'last', seed, hash)],
    });
  }
  return { store, folder, dataRoot, runs: [first, second], waiting };
}

/** Replaces the data set by other random images. */
export function writeImages(dataRoot: string, seed: number) {
  return writePrepared(dataRoot, 'shapes', {
    classes: CLASSES,
    training: randomPart(90, [16, 16, 3], 3, seed),
    test: randomPart(60, [16, 16, 3], 3, seed + 100),
    source: 'a test',
  });
}

/** The last weights are drawn from another seed, for a network that differs from that before the training. */
function checkpoint(artifacts: string, kind: 'initial' | 'last', seed: number, dataHash: string): Artifact {
  const graph = resolveNetwork(parseNetwork({ ...TINY }), { input: [16, 16, 3], classes: CLASSES.length });
  const tensors = graph.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const values = new Float32Array(weightSize(weight));
      const stream = randomStream(kind === 'initial' ? seed : seed + 10, 'initialization', weight.name);
      drawWeight(values, weight.initializer, stream);
      return { name: weight.name, shape: weight.shape, values };
    }),
  );
  const file = `${kind}.safetensors`;
  const written = writeSafetensors(join(artifacts, file), tensors, {
    ...{ format: 'kindling', kind, step: '20', dataHash, input: '[16,16,3]' },
    network: JSON.stringify(TINY),
    classes: JSON.stringify(CLASSES),
    mean: '[0.5,0.5,0.5]',
    std: '[0.3,0.3,0.3]',
  });
  return { kind, file, ...written };
}
