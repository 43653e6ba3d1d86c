import fs from 'node:fs';
import path from 'node:path';
import type { SubjectSpecification } from '../../../src-main/analysis/subject-specification.ts';
import { generateShapes } from '../../../src-main/datasets/shapes/generate.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { drawWeight } from '../../../src-main/engine/initial-state.ts';
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

const NETWORK = { family: 'squeezenet', version: '1.1', stem: 'small' };

/**
 * A run that was never trained: SqueezeNet 1.1 for 32 pixels with weights of two seeds, and the built-in set with its
 * larger part as the test part, so that 2,000 images can be asked for.
 */
export function writeSubject(folder: string): SubjectSpecification {
  const shapes = generateShapes();
  const content = { ...shapes, test: shapes.training, source: 'a bench' };
  const { hash, classes, shape } = writePrepared(path.join(folder, 'data'), 'bench', content);
  const graph = resolveNetwork(parseNetwork(NETWORK), { input: shape, classes: classes.length });
  const artifacts = path.join(folder, 'artifacts');
  fs.mkdirSync(artifacts);
  const checkpoints = ['initial', 'last'].map((kind, seed) => {
    const tensors = graph.layers.flatMap((layer) =>
      layer.weights.map((weight) => {
        const values = new Float32Array(weightSize(weight));
        drawWeight(values, weight.initializer, randomStream(seed, 'initialization', weight.name));
        return { name: weight.name, shape: weight.shape, values };
      }),
    );
    const file = `${kind}.safetensors`;
    const { sha256 } = writeSafetensors(path.join(artifacts, file), tensors, {
      ...{ format: 'kindling', kind, step: '0', dataHash: hash, input: JSON.stringify(shape) },
      network: JSON.stringify(NETWORK),
      classes: JSON.stringify(classes),
      mean: '[0.5,0.5,0.5]',
      std: '[0.25,0.25,0.25]',
    });
    return { kind, file, sha256 };
  });
  return {
    kind: 'run',
    checkpoint: 'last',
    ...{ run: 'bench', seed: 0, recipe: recipeSchema.parse({}), artifacts, checkpoints },
    ...{ dataset: path.join(folder, 'data', 'bench'), validationShare: 0, trainingLimit: 0 },
  };
}
