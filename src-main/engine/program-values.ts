import { ofOwnNumbers } from '../../src-shared/studies/in-one-step.ts';
import { type BatchImages, VARIATION_NUMBERS } from '../../src-shared/training/image-bytes.ts';
import type { EvaluationBatch, EvaluationResult, StepResult, TrainingBatch } from './engine.ts';
import type {
  EvaluationInput,
  ImageInput,
  Inputs,
  OptimizerInput,
  StepInput,
  TrainingProgram,
} from './training-program.ts';

/*
 * What goes into the functions of a training program, and what comes out, as numbers: the same for eager and compiled training.
 */

export type Numbers = Float32Array | Int32Array;
type InputValues<Name extends string> = Inputs<Name, Numbers>;
type InputShapes<Name extends string> = Inputs<Name, number[]>;

/**
 * The values of a step's inputs, by name.
 * @throws Error where there is not a batch for each network, or they are not of one step and memory, nor of one learning rate where they share it
 */
export function stepValues(
  batches: readonly TrainingBatch[],
  { rule, networks, own, recipe }: TrainingProgram,
): InputValues<StepInput> {
  const [first] = batches;
  if (first === undefined || batches.length !== networks)
    throw new Error(`${batches.length} batches for ${networks} networks`);
  const { step } = first;
  if (batches.some((batch) => batch.step !== step))
    throw new Error('networks that are trained side by side take the same step');
  const rates = batches.map(({ learningRate }) => learningRate);
  if (!own.rates && new Set(rates).size > 1)
    throw new Error('networks that share a learning rate take a step at the same');
  const size = first.labels.length;
  return {
    ...imagesInTurn(
      batches.map(({ images }) => images),
      size,
    ),
    labels: inTurn(
      batches.map(({ labels }) => labels),
      size,
    ),
    learningRate: Float32Array.from(own.rates ? rates : rates.slice(0, 1)),
    ...ofOwnNumbers(own, (name) => Float32Array.from(batches, (batch) => batch[name] ?? recipe[name])),
    dropoutSeed: Int32Array.from(batches.flatMap(({ seed }) => [seed, step])),
    ...optimizerInputs(rule.scalars(step + 1), (value) => Float32Array.of(value)),
  };
}

/** The input by which a call finds its images where it is given no values: the number of their memory. */
export const IMAGES = 'memory';

/** Whether an input is the same for all steps of a call: where the images of a run lie, and what makes values of them. */
export function isOfAllSteps(input: string): boolean {
  return input === IMAGES || input === 'table';
}

/**
 * The inputs of several steps in one: of each those of the steps, one after the other, but for what is the same for all.
 * @throws Error where their images do not lie in one memory
 */
export function valuesOfSteps(
  steps: readonly InputValues<StepInput>[],
): Readonly<Partial<Record<string, Numbers>>> {
  const [first] = steps;
  if (first === undefined) throw new Error('a call takes at least one step');
  if (steps.some(({ memory }) => memory?.[0] !== first.memory?.[0]))
    throw new Error('the images of the steps of a call lie in one memory');
  if (steps.length === 1) return first;
  const names = Object.keys(first) as (keyof typeof first)[];
  const joined = names.map((name) => {
    const each = steps.map((values) => values[name] ?? new Float32Array());
    return [name, isOfAllSteps(name) ? each[0] : endToEnd(each)] as const;
  });
  return Object.fromEntries(joined);
}

function endToEnd<T extends Numbers>(each: readonly T[]): T {
  const [first] = each;
  const size = first?.length ?? 0;
  const all = (first instanceof Float32Array
    ? new Float32Array(size * each.length)
    : new Int32Array(size * each.length)) as Numbers as T;
  for (const [place, values] of each.entries()) all.set(values, place * size);
  return all;
}

function optimizerInputs<T>(
  scalars: Readonly<Record<string, number>>,
  make: (value: number) => T,
): Record<OptimizerInput, T> {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [`optimizer/${name}`, make(value)] as const),
  );
}

/** @param size images of the evaluation batch */
export function evaluationValues(
  { images, labels, count }: EvaluationBatch,
  { networks }: TrainingProgram,
  size: number,
): InputValues<EvaluationInput> {
  const each = <T>(values: T): T[] => Array.from({ length: networks }, () => values);
  const valid = new Float32Array(size).fill(1, 0, count);
  return {
    ...imagesInTurn(each(images), size),
    labels: inTurn(each(labels), size),
    valid: inTurn(each(valid), size),
  };
}

/** Of a program of one network. */
export function imageValues(images: BatchImages): InputValues<ImageInput> {
  return images instanceof Float32Array ? { images } : { ...images };
}

/** Those of the networks of a program; what is not of a single image is that of the first. */
function imagesInTurn(each: readonly BatchImages[], size: number): InputValues<ImageInput> {
  const [first] = each;
  if (first === undefined || each.length === 1) return first === undefined ? {} : imageValues(first);
  if (first instanceof Float32Array) return { images: inTurn(each.filter(areValues), size) };
  const bytes = each.flatMap((images) => (areValues(images) ? [] : [images]));
  if (bytes.some(({ memory }) => memory[0] !== first.memory[0]))
    throw new Error('the images of networks that are trained side by side lie in one memory');
  return {
    ...first,
    places: inTurn(
      bytes.map(({ places }) => places),
      size,
    ),
    variations: inTurn(
      bytes.map(({ variations }) => variations),
      size,
    ),
  };
}

function areValues(images: BatchImages): images is Float32Array {
  return images instanceof Float32Array;
}

/** The first row of each, then the second. @param count of the rows of each */
function inTurn<T extends Numbers>(each: readonly T[], count: number): T {
  const [first] = each;
  if (first === undefined) throw new Error('there is no network');
  if (each.length === 1) return first;
  const row = first.length / count;
  const all = (first instanceof Float32Array
    ? new Float32Array(first.length * each.length)
    : new Int32Array(first.length * each.length)) as Numbers as T;
  for (const [network, values] of each.entries())
    for (let at = 0; at < count; at++)
      all.set(values.subarray(at * row, (at + 1) * row), (at * each.length + network) * row);
  return all;
}

/** The shapes of a step's inputs. @param batch images of each network */
export function stepShapes(program: TrainingProgram, batch: number): InputShapes<StepInput> {
  const { networks, rule, own } = program;
  return {
    ...imageShapes(program, batch),
    labels: [networks * batch],
    learningRate: own.rates ? [networks] : [],
    ...ofOwnNumbers(own, () => [networks]),
    dropoutSeed: [2 * networks],
    ...optimizerInputs(rule.scalars(1), () => []),
  };
}

export function evaluationShapes(program: TrainingProgram, batch: number): InputShapes<EvaluationInput> {
  const rows = program.networks * batch;
  return { ...imageShapes(program, batch), labels: [rows], valid: [rows] };
}

export function imageShapes(program: TrainingProgram, batch: number): InputShapes<ImageInput> {
  const { input } = program.graph;
  const rows = program.networks * batch;
  if (program.fromBytes === null) return { images: [rows, ...input] };
  return { memory: [1], places: [rows], variations: [rows, VARIATION_NUMBERS], table: [input[2], 256] };
}

/** The result of each network, from the outputs of a step. */
export function stepResults({ networks }: TrainingProgram, outputs: readonly Numbers[]): StepResult[] {
  const [loss, correct, correctTop5] = outputs;
  return Array.from({ length: networks }, (_, network) => ({
    loss: loss?.[network] ?? Number.NaN,
    correct: correct?.[network] ?? Number.NaN,
    correctTop5: correctTop5?.[network] ?? Number.NaN,
  }));
}

/** The results of each of several steps, from outputs with a row for each of them. */
export function resultsOfSteps(
  program: TrainingProgram,
  steps: number,
  outputs: readonly Numbers[],
): StepResult[][] {
  const { networks } = program;
  return Array.from({ length: steps }, (_, step) =>
    stepResults(
      program,
      outputs.map((values) => values.subarray(step * networks, (step + 1) * networks)),
    ),
  );
}

/** The same of an evaluation. @param count images that count */
export function evaluationResults(
  program: TrainingProgram,
  count: number,
  outputs: readonly Numbers[],
): EvaluationResult[] {
  const predicted = outputs[3] ?? new Int32Array();
  return stepResults(program, outputs).map((result, network) => ({
    ...result,
    predicted: Int32Array.from(
      { length: count },
      (_, image) => predicted[image * program.networks + network] ?? -1,
    ),
  }));
}
