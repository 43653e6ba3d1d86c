import { randomStream } from '../../../src-shared/random.ts';
import { boundsOf, mean, RANGES, tInterval } from '../../../src-shared/statistics/interval.ts';
import { standardize, takeRows, type Matrix } from './matrix.ts';
import { principalComponents } from './principal-axes.ts';
import { shuffledLabels } from './shuffled-labels.ts';
import { softmaxLoss } from './softmax-loss.ts';
import { SoftmaxSpace, type SoftmaxModel } from './softmax-space.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Rows in the order: fitted, kept for the choice of the penalty, held out. */
export interface ProbeSplit {
  readonly order: Uint32Array;
  readonly fitted: number;
  readonly validated: number;
}

export interface ProbeScore {
  /** Mean over the held-out rows of the cross-entropy, divided by ln(classes): 1 is chance. */
  readonly crossEntropy: number;
  readonly crossEntropyInterval: readonly [low: number, high: number] | null;
  readonly accuracy: number;
  readonly accuracyInterval: readonly [low: number, high: number];
  /** Of each held-out row, in the order of the split: 1 if it was classified correctly, else 0. */
  readonly hits: readonly number[];
}

export interface ProbeOutcome {
  readonly score: ProbeScore;
  /** The same with the labels shuffled among the rows, at the same penalty. */
  readonly shuffled: ProbeScore;
  readonly l2: number;
}

/** Penalties to choose from, for standardised features and the mean of the losses. */
export const PENALTIES = [1e-3, 1e-2, 1e-1, 1, 10, 100] as const;

/** Of each class a fifth is held out, and a fifth of the others decides on the penalty. */
export function splitForProbe(labels: ArrayLike<number>, classes: number): ProbeSplit {
  const parts: [number[], number[], number[]] = [[], [], []];
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  for (let row = 0; row < labels.length; row++) ofClass[labels[row] as number]?.push(row);
  for (const [label, rows] of ofClass.entries()) {
    randomStream(0, 'probe split', label).shuffle(rows);
    const held = Math.round(rows.length / 5);
    const validated = Math.round((rows.length - held) / 5);
    parts[2].push(...rows.slice(0, held));
    parts[1].push(...rows.slice(held, held + validated));
    parts[0].push(...rows.slice(held + validated));
  }
  return {
    order: Uint32Array.from(parts.flat()),
    fitted: parts[0].length,
    validated: parts[1].length,
  };
}

/**
 * A linear classifier on frozen features (Alain and Bengio, arXiv 1610.01644): softmax regression on standardised
 * features; the penalty with the least loss on the validated rows is taken, the classifier fitted again on the fitted and
 * validated rows and judged on those held out.
 * @param dimension principal components of the fitted and validated rows that it sees in place of the features; null for
 *   the features themselves
 */
export async function linearProbe(
  features: Matrix,
  labels: ArrayLike<number>,
  classes: number,
  split: ProbeSplit,
  pause: () => Promise<void>,
  dimension: number | null = null,
): Promise<ProbeOutcome> {
  const { order, fitted, validated } = split;
  const seen = fitted + validated;
  const whole = standardize(takeRows(features, order), seen);
  const x =
    dimension === null || dimension >= whole.columns ? whole : principalComponents(whole, dimension, seen);
  const y = Uint16Array.from(order, (row) => labels[row] ?? 0);
  const space = new SoftmaxSpace(x, classes);
  try {
    const tried = await space.fit(
      fitted,
      PENALTIES.map((l2) => ({ labels: y, l2 })),
      pause,
    );
    const losses = tried.map((model) => {
      const values = space.scores(model, fitted);
      return softmaxLoss(plain(values, classes), y.subarray(fitted), validated);
    });
    const best = losses.indexOf(Math.min(...losses));
    const l2 = PENALTIES[best] ?? 1;
    const shuffled = shuffledLabels(y);
    const [model, control] = await space.fit(
      seen,
      [
        { labels: y, l2 },
        { labels: shuffled, l2 },
      ],
      pause,
    );
    if (model === undefined || control === undefined) throw new Error('two problems have two models');
    const judge = (judged: SoftmaxModel, truth: Uint16Array): ProbeScore =>
      scoreOf(space.scores(judged, seen), truth.subarray(seen), classes);
    return { score: judge(model, y), shuffled: judge(control, shuffled), l2 };
  } finally {
    space.dispose();
  }
}

function plain(values: Float64Array, classes: number) {
  return { values, offset: 0, stride: classes, bias: new Float64Array(classes) };
}

/** Intervals of 95 % over the rows: Student's t of the mean loss, Wilson's of the accuracy. */
function scoreOf(scores: Float64Array, labels: Uint16Array, classes: number): ProbeScore {
  const losses: number[] = [];
  const hits: number[] = [];
  for (const [row, label] of labels.entries()) {
    const values = scores.subarray(row * classes, (row + 1) * classes);
    losses.push(softmaxLoss(plain(values, classes), [label], 1) / Math.log(classes));
    hits.push(values.indexOf(Math.max(...values)) === label ? 1 : 0);
  }
  const accuracy = mean(hits);
  return {
    crossEntropy: mean(losses),
    crossEntropyInterval: boundsOf(tInterval(losses, { range: RANGES['not negative'] })),
    accuracy,
    accuracyInterval: wilsonInterval(accuracy, hits.length),
    hits,
  };
}
