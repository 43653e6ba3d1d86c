import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { alone } from '../../../src-main/engine/alone.ts';
import { compileProgram } from '../../../src-main/engine/compile-program.ts';
import { EagerTraining } from '../../../src-main/engine/eager-training.ts';
import type { Training } from '../../../src-main/engine/engine.ts';
import {
  createTrainingProgram,
  DEFAULT_RECIPE,
  type TrainingProgram,
} from '../../../src-main/engine/training-program.ts';
import { alexnetLike, batchOf, graphOf, TINY, unevenState } from './networks.ts';
import { engine } from './test-engine.ts';

const SIZES = { training: 32, evaluation: 32 };

/** What a difference makes of the loss, as a share of it: far above rounding, across few kinks of ReLUs and maxima. */
const REACH = 1e-4;
/** Below this share of the whole gradient's length, a weight's slope is judged as if it had this. */
const LEAST = 1e-3;
/**
 * How far the slopes of so many of the weights may lie from differences at most, as a share: with batch norm, some
 * differences cross kinks however short they are. Of each kind of weight there are more than a tenth.
 */
const TOLERANCES = { half: 3e-3, 'nine tenths': 0.05 };

const NETWORKS: readonly (readonly [title: string, graph: Graph])[] = [
  ['SqueezeNet', graphOf({ ...TINY, bypass: 'complex' }, 16)],
  ['SqueezeNet, batch norm', graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16)],
  ['MobileNetV1', graphOf({ family: 'mobilenet-v1', alpha: 0.125, stem: 'small' }, 16)],
  ['the layers of AlexNet', alexnetLike()],
];

for (const [title, graph] of NETWORKS)
  for (const how of ['eager', 'compiled'] as const)
    test(`gradients of a training step are finite differences of its loss: ${title}, ${how}`, async () => {
      const recipe = { ...DEFAULT_RECIPE, momentum: 0, nesterov: false, weightDecay: 0 };
      const program = createTrainingProgram(graph, recipe, engine.operations);
      const training = alone(
        how === 'eager' ? new EagerTraining(program, SIZES) : await compileProgram(engine, program, SIZES),
      );
      try {
        const errors = (await slopeErrors(program, training)).toSorted((a, b) => a - b);
        for (const [share, of] of [
          [0.5, 'half'],
          [0.9, 'nine tenths'],
        ] as const) {
          const error = errors[Math.floor(share * errors.length)];
          assert.ok(error !== undefined && error <= TOLERANCES[of], `not ${of} are within ${error}`);
        }
      } finally {
        training.close();
      }
    });

/**
 * Plain SGD at a learning rate of 1 moves the weights by minus the gradient. Along each weight's own part of it the loss
 * must rise by that part's length for each unit of the way: so it does only where the part is as long as the true
 * gradient and has nothing across it.
 * @returns for each weight that has a gradient, |central difference - slope| / slope
 */
async function slopeErrors(program: TrainingProgram, training: Training): Promise<number[]> {
  const { graph, layout } = program;
  const [parameters = new Float32Array(), ...others] = farFromKinks(program);
  const batch = batchOf(graph, SIZES.training, 0, 1);
  const lossAt = async (moved: Float32Array): Promise<number> => {
    await training.writeState([moved, ...others]);
    return (await training.step(batch)).loss;
  };
  const loss = await lossAt(parameters);
  const [after = new Float32Array()] = await training.readState();
  const gradient = Float64Array.from(parameters, (value, i) => value - (after[i] ?? Number.NaN));
  const least = LEAST * lengthOf(gradient);
  assert.ok(least > 0);
  const errors: number[] = [];
  for (const { offset, size } of layout.parameters) {
    const part = gradient.subarray(offset, offset + size);
    const slope = lengthOf(part);
    // a bias before a batch norm does nothing, up to rounding
    if (slope < 1e-3 * least) continue;
    const judged = Math.max(slope, least);
    const way = (REACH * loss) / (2 * judged);
    const lossAlong = (distance: number): Promise<number> => {
      const moved = parameters.slice();
      for (const [i, value] of part.entries())
        moved[offset + i] = (parameters[offset + i] ?? Number.NaN) + (distance / slope) * value;
      return lossAt(moved);
    };
    const rise = (await lossAlong(way)) - (await lossAlong(-way));
    errors.push(Math.abs(rise / (2 * way) - slope) / judged);
  }
  return errors;
}

/** Behind a batch norm, ReLUs pass nearly all or, of a third of the channels, nearly nothing. */
function farFromKinks(program: TrainingProgram): Float32Array[] {
  const state = unevenState(program);
  const [parameters = new Float32Array()] = state;
  const rectified = new Set(
    program.graph.layers.flatMap((layer) =>
      'activation' in layer && layer.activation === 'relu' ? [`${layer.name}/beta`] : [],
    ),
  );
  for (const { weight, offset, size } of program.layout.parameters)
    if (rectified.has(weight.name))
      for (let i = 0; i < size; i++) parameters[offset + i] = i % 3 === 2 ? -4 : 4;
  return state;
}

function lengthOf(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
