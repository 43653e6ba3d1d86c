import type { NetworkCost } from '../networks/costs.ts';
import type { Shape } from '../networks/layer.ts';
import { optimizerNamed } from '../training/optimizers/registry.ts';
import type { Cell } from './cell.ts';

/** The most main memory that trainers of an engine have taken, by `peakKey`. */
export type MeasuredPeaks = ReadonlyMap<string, number>;

/** What of a training decides how much memory it takes. */
export function peakKey(
  dataset: string,
  { network, recipe: { batch, optimizer, precision } }: Pick<Cell, 'network' | 'recipe'>,
): string {
  return JSON.stringify([dataset, batch, optimizer, precision, network]);
}

/** What one trainer of a study takes at most. */
export interface TrainerMemory {
  /** Main memory: what trainers of runs like these have taken, else the estimate. */
  readonly bytes: number;
  readonly isMeasured: boolean;
  /** Main memory as estimated: it follows from the study alone, so that it is the same whatever has been trained. */
  readonly estimatedBytes: number;
  /** Of a card's memory, where the network is computed there; always an estimate. */
  readonly cardBytes: number;
  /** What each further network that it trains in the same step takes of either; an estimate. */
  readonly furtherBytes: number;
}

export interface MemoryCell extends Pick<Cell, 'network' | 'recipe'> {
  readonly cost: Pick<NetworkCost, 'parameters' | 'activationBytes'>;
}

/** Of a data set, as far as its images are kept in memory. */
export interface MemoryData {
  readonly shape: Shape;
  readonly trainingCount: number;
}

/**
 * Fitted to the peaks that trainers of five families had on a CPU with two threads (`npm run bench -- memory`), rather too much than too
 * little: docs/engine.md has by how much they are off.
 */
const OF_ENGINE = 450e6;
/** Outputs of a batch, their gradients and what convolutions need beside. */
const TIMES_ACTIVATIONS = 3.7;
/** Weights, their gradients, the new ones, and copies for the first step, the guard and checkpoints; slots of the optimizer come on top of them. */
const TIMES_WEIGHTS = 16;

/** What a process on a card takes of its memory before it computes: NVIDIA's context and libraries. Not measured here. */
const OF_CARD = 800e6;

const FLOAT_BYTES = 4;
/** Images of a part beyond this stay in their file. */
const IMAGES_KEPT = 2 ** 29;
/** Parameters of the programs that a trainer keeps beside that of its present run. */
const KEPT_PARAMETERS = 64 * 2 ** 20;

/**
 * What trainers of a study take, the largest of its cells: each trainer may come to train that. A cell whose like was trained here counts as
 * what that took.
 *
 * @param peaks of runs that were trained on this machine
 */
export function trainerMemory(
  cells: readonly MemoryCell[],
  data: MemoryData,
  dataset: string,
  peaks: MeasuredPeaks,
): TrainerMemory {
  const kept = keptBytes(cells);
  const images = data.trainingCount * data.shape.reduce((product, extent) => product * extent, 1);
  const imagesKept = images <= IMAGES_KEPT ? images : 0;
  const onHost = OF_ENGINE + imagesKept + kept;
  let most = { bytes: 0, isMeasured: false, estimatedBytes: 0, cardBytes: 0, furtherBytes: 0 };
  for (const cell of cells) {
    const computing = computingBytes(cell);
    const estimatedBytes = onHost + computing;
    const measured = peaks.get(peakKey(dataset, cell));
    const bytes = measured ?? estimatedBytes;
    const isMost = bytes > most.bytes;
    most = {
      ...(isMost ? { bytes, isMeasured: measured !== undefined } : most),
      estimatedBytes: Math.max(most.estimatedBytes, estimatedBytes),
      cardBytes: Math.max(most.cardBytes, OF_CARD + imagesKept + kept + computing),
      furtherBytes: Math.max(most.furtherBytes, kept + computing),
    };
  }
  return most;
}

/** What a trainer takes that trains so many networks in one step. */
export function fusedMemory(memory: TrainerMemory, networks: number): TrainerMemory {
  const more = (networks - 1) * memory.furtherBytes;
  return {
    ...memory,
    bytes: memory.bytes + more,
    isMeasured: memory.isMeasured && networks === 1,
    estimatedBytes: memory.estimatedBytes + more,
    cardBytes: memory.cardBytes + more,
  };
}

/** While a step is computed. */
function computingBytes({ recipe, cost: { parameters, activationBytes } }: MemoryCell): number {
  const weights = FLOAT_BYTES * parameters * (TIMES_WEIGHTS + slotsOf(recipe));
  return weights + TIMES_ACTIVATIONS * recipe.batch * activationBytes;
}

/** States of the programs of all cells, as a trainer keeps them. */
function keptBytes(cells: readonly MemoryCell[]): number {
  const all = cells.reduce((sum, { cost }) => sum + cost.parameters, 0);
  const slots = Math.max(0, ...cells.map(({ recipe }) => slotsOf(recipe)));
  return FLOAT_BYTES * Math.min(all, KEPT_PARAMETERS) * (1 + slots);
}

function slotsOf(recipe: Cell['recipe']): number {
  return optimizerNamed(recipe.optimizer).rule(recipe).slots.length;
}
