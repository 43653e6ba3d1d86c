import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { TINY } from '../engine/networks.ts';
import { addRuns, PROVENANCE, RESULT, studyInput } from '../store/sample-study.ts';

const NETWORK = { ...TINY };
const TEXT = `study: tiny
dataset: shapes
network: ${JSON.stringify(NETWORK)}
vary: { network.sr: [0.5] }
`;

export interface TrainedRun {
  readonly store: Store;
  readonly folder: string;
  readonly complete: string;
  /** The checkpoint `last` of the complete run. */
  readonly checkpoint: string;
  readonly waiting: string;
  readonly close: () => void;
}

/** A store with a complete run whose checkpoint `last` lies on the disk, and `best` no longer. */
export function storeTrainedRun(): TrainedRun {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-trained-'));
  const store = openStore(join(folder, 'kindling.sqlite'), { purpose: 'schedule' });
  store.saveStudy(studyInput(TEXT));
  const [complete = '', waiting = ''] = addRuns(store, [0, 1], 'tiny');
  const artifacts = join(folder, 'artifacts', complete);
  mkdirSync(artifacts, { recursive: true });
  const checkpoint = join(artifacts, 'last.safetensors');
  const classes = ['circle', 'square', 'größe'];
  const graph = resolveNetwork(parseNetwork(NETWORK), { input: [32, 32, 3], classes: classes.length });
  const tensors = graph.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const values = Float32Array.from({ length: weightSize(weight) }, (_, index) => Math.sin(index));
      return { name: weight.name, shape: weight.shape, values };
    }),
  );
  const written = writeSafetensors(checkpoint, tensors, {
    ...{ format: 'kindling', kind: 'last', step: '20', run: complete, seed: '0', dataHash: 'abc' },
    network: JSON.stringify(NETWORK),
    input: '[32,32,3]',
    classes: JSON.stringify(classes),
    mean: '[0.5,0.25,0.125]',
    std: '[0.1,0.2,0.3]',
  });
  store.startRun(complete, { provenance: PROVENANCE });
  store.completeRun(complete, {
    ...RESULT,
    artifacts: [
      { kind: 'best', file: 'best.safetensors', bytes: 1, sha256: '0'.repeat(64) },
      { kind: 'last', file: 'last.safetensors', ...written },
    ],
  });
  const close = (): void => {
    store.close();
    rmSync(folder, { recursive: true });
  };
  return { store, folder, complete, checkpoint, waiting, close };
}
