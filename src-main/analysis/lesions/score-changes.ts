import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Operations } from '../../engine/operations.ts';
import { forward, forwardFrom, type Weights } from '../../engine/model.ts';
import { imageTensor } from '../network-tensors.ts';
import { batchesOf } from '../evaluation-set.ts';
import type { EvaluationSet } from '../subject.ts';

/** Outputs of layers by name, [n, h, w, c]. */
export type Outputs = ReadonlyMap<string, Tensor4D>;

/** Something that is done to a network, of which the effect is wanted. */
export interface Change {
  /** Layers whose outputs no longer hold; those that read them follow from the graph. */
  readonly layers: readonly string[];
  /** The graph to run, where layers are to read something else than in the network. */
  readonly graph?: Graph;
  /** In place of the network's weights of the same names. Called inside a tidy. */
  readonly weights?: () => Weights;
  /**
   * Outputs in place of what would be computed, and whatever else the graph reads. Called inside a tidy.
   * @param place number of the batch's first image in the set
   */
  readonly replace?: (intact: Outputs, place: number) => Outputs;
}

/** What a network says about each image of a set. */
export interface ImageScores {
  /** Cross-entropy. */
  readonly losses: Float64Array;
  /** 1 where the most likely class is the true one, else 0. */
  readonly correct: Uint8Array;
}

export interface ScoreRequest {
  readonly operations: Operations;
  readonly graph: Graph;
  readonly weights: Weights;
  readonly set: EvaluationSet;
  readonly changes: readonly Change[];
  /** Awaited after each change on each batch. */
  readonly pause: () => Promise<void>;
  /** Told the share that is done, from 0 to 1. */
  readonly progress?: (share: number) => void;
}

export interface ChangeScores {
  readonly intact: ImageScores;
  /** In the order of the changes. */
  readonly changed: readonly ImageScores[];
}

/** Images at a time: what is kept of the intact network is the outputs of all its layers on so many. */
const BATCH = 100;

/**
 * Scores a network and each of many changes to it on the same images. The intact network runs once; a change computes
 * only the layers that depend on it. The memory holds the outputs of one batch and does not grow with the images.
 */
export async function scoreChanges(request: ScoreRequest): Promise<ChangeScores> {
  const { operations, graph, weights, set, changes, pause, progress } = request;
  const options = { operations, training: false };
  const prepared = changes.map((change) => prepare(change, request));
  const intactScores = emptyScores(set.count);
  for (const { start, batch } of batchesOf(set, BATCH)) {
    const outputs: Record<string, Tensor4D> = tf.tidy(() => {
      const kept: Record<string, Tensor4D> = {};
      const onLayer = ({ name }: { name: string }, output: Tensor4D): void => void (kept[name] = output);
      const images = imageTensor(graph, batch.images);
      const { logits } = forward(graph, weights, images, { ...options, onLayer });
      score(logits.dataSync<'float32'>(), batch.labels, start, intactScores);
      return kept;
    });
    try {
      const intact = new Map(Object.entries(outputs));
      for (const [place, change] of prepared.entries()) {
        tf.tidy(() => {
          const given = new Map([...intact].filter(([name]) => !change.stale.has(name)));
          for (const [name, output] of change.replace(intact, start)) given.set(name, output);
          const current = new Map([...weights, ...change.weights()]);
          const { logits } = forwardFrom(change.graph, current, given, options);
          score(logits.dataSync<'float32'>(), batch.labels, start, change.scores);
        });
        progress?.((start + (batch.count * (place + 1)) / prepared.length) / set.count);
        await pause();
      }
    } finally {
      tf.dispose(outputs);
    }
  }
  return { intact: intactScores, changed: prepared.map(({ scores }) => scores) };
}

interface PreparedChange extends Required<Omit<Change, 'layers'>> {
  readonly stale: ReadonlySet<string>;
  readonly scores: ImageScores;
}

function prepare(change: Change, { graph, set }: ScoreRequest): PreparedChange {
  return {
    graph: change.graph ?? graph,
    weights: change.weights ?? (() => new Map()),
    replace: change.replace ?? (() => new Map()),
    stale: withReaders(graph, change.layers),
    scores: emptyScores(set.count),
  };
}

/** The named layers, and all that read them or read what reads them. */
function withReaders(graph: Graph, names: readonly string[]): Set<string> {
  const reached = new Set(names);
  for (const { name, inputs } of graph.layers) {
    if (inputs.some((input) => reached.has(input))) reached.add(name);
  }
  return reached;
}

function emptyScores(count: number): ImageScores {
  return { losses: new Float64Array(count), correct: new Uint8Array(count) };
}

/** Writes the scores of a batch of logits, [n, classes], from `start` on. */
function score(logits: Float32Array, labels: Uint16Array, start: number, scores: ImageScores): void {
  const classes = logits.length / labels.length;
  for (const [image, label] of labels.entries()) {
    const row = logits.subarray(image * classes, (image + 1) * classes);
    const largest = Math.max(...row);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    scores.losses[start + image] = largest + Math.log(sum) - (row[label] ?? NaN);
    scores.correct[start + image] = Number(row.indexOf(largest) === label);
  }
}
