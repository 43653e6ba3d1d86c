import {
  type AnyCurveMetric,
  type AnyMetric,
  type ImportedMetric,
  isImportedMetric,
} from '../metrics/imported-metric.ts';
import {
  type CurveMetric,
  curveMetrics,
  RUN_METRICS,
  type RunMetric,
  runMetrics,
} from '../metrics/metrics.ts';
import type { Direction } from '../metrics/value-kind.ts';
import { metricOfColumn } from './plain-name.ts';

type Part = 'test' | 'validation' | 'training';

const PARTS: Readonly<Record<string, Part>> = {
  ...{ test: 'test', testing: 'test' },
  ...{
    val: 'validation',
    valid: 'validation',
    validation: 'validation',
    eval: 'validation',
    dev: 'validation',
  },
  ...{ train: 'training', training: 'training', tr: 'training' },
};

/** What is measured, by a word or two in a row. */
const QUANTITIES: readonly (readonly [words: RegExp, what: keyof typeof METRICS])[] = [
  [/\b(?:top 5|top5|acc 5|acc5|accuracy top5)\b/, 'top5'],
  [/\bbalanced (?:acc|accuracy)\b|\bbalanced\b/, 'balanced'],
  [/\bf1\b/, 'f1'],
  [/\b(?:acc|accuracy|top 1|top1|acc1)\b/, 'accuracy'],
  [/\b(?:loss|nll|ce|cross entropy)\b/, 'loss'],
];

const METRICS = {
  accuracy: { test: 'testAccuracy', validation: 'validationAccuracy', training: 'trainingAccuracy' },
  loss: { test: 'testLoss', validation: 'validationLoss', training: 'trainingLoss' },
  top5: { test: 'testTop5' },
  balanced: { test: 'testBalancedAccuracy' },
  f1: { test: 'testMacroF1' },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<Part, RunMetric>>>>>;

interface Understood {
  readonly what: keyof typeof METRICS;
  /** Null where the name does not tell. */
  readonly part: Part | null;
  readonly isBest: boolean;
}

/** The words of a name: `Val-Acc`, `valAcc` and `val/acc` have the same. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function understand(name: string): Understood | null {
  const words = wordsOf(name);
  const what = QUANTITIES.find(([pattern]) => pattern.test(words))?.[1];
  if (what === undefined) return null;
  const parts = new Set(words.split(' ').flatMap((word) => PARTS[word] ?? []));
  const [part = null, ...others] = parts;
  if (others.length > 0) return null;
  return { what, part, isBest: /\b(?:best|max)\b/.test(words) };
}

/**
 * The metric of a run that a column of this name has: one of Kindling's, if the name says on which part of the data it was
 * measured, or one that is known elsewhere; null for any other name.
 */
export function guessRunMetric(name: string): AnyMetric | null {
  const own = runMetrics.find((metric) => metric === name);
  if (own) return own;
  if (isImportedMetric(name)) return name;
  const { what, part, isBest } = understand(name) ?? {};
  if (what === undefined) return guessImportedMetric(name);
  if (!part) return null;
  if (isBest) return what === 'accuracy' && part === 'validation' ? 'bestValidationAccuracy' : null;
  const of: Readonly<Partial<Record<Part, RunMetric>>> = METRICS[what];
  return of[part] ?? null;
}

/** What is measured in other fields, whose names are nothing else. */
const FURTHER: readonly (readonly [words: RegExp, better: Direction])[] = [
  [/\b(?:s?bleu|rouge\S*|meteor|chrf|m?iou|dice|m?ap50|auc|auroc|auprc|ndcg|mrr|psnr|ssim|mcc)\b/, 'higher'],
  [/\b(?:perplexity|ppl|wer|cer|fid|r?mse|mae|mape|bpc|bpd|ece|brier)\b/, 'lower'],
];

/** Words that say which values are better, though not what they are values of. */
const TELLING: typeof FURTHER = [
  ...FURTHER,
  [/\b(?:acc\S*|f1|precision|recall|score|reward|return|map|r2|kappa)\b/, 'higher'],
  [/\b(?:loss|nll|err|errors?|error rate|distance|latency|regret)\b/, 'lower'],
];

/** Of the validation or test part, or of one that the name does not tell. */
function guessImportedMetric(name: string): ImportedMetric | null {
  const words = wordsOf(name);
  const better = FURTHER.find(([pattern]) => pattern.test(words))?.[1];
  const isOfTraining = words.split(' ').some((word) => PARTS[word] === 'training');
  return better === undefined || isOfTraining ? null : metricOfColumn(name, better);
}

/** Which values of what is so called are better; null where its name does not tell. */
export function guessBetter(name: string): Direction | null {
  const words = wordsOf(name);
  return TELLING.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** Whether a name says what was measured, though not on which part of the data. */
export function isVagueMetric(name: string): boolean {
  const found = understand(name);
  return found !== null && found.part === null;
}

/**
 * The metric of a curve of this name, one of Kindling's or one that is known elsewhere; null for any other.
 * @param isOfEpochs whether it has a point an epoch, as far as that can be told
 */
export function guessCurveMetric(name: string, isOfEpochs: boolean): AnyCurveMetric | null {
  const own = curveMetrics.find((metric) => metric === name);
  if (own) return own;
  if (isImportedMetric(name)) return name;
  const words = wordsOf(name);
  if (/\b(?:lr|learning rate)\b/.test(words)) return 'learningRate';
  const { what, part, isBest } = understand(name) ?? {};
  if (what === undefined) return guessImportedMetric(name);
  if (isBest || part === 'test') return null;
  if (part === 'validation') return CURVES[what]?.validation ?? null;
  if (part === 'training' && isOfEpochs) return CURVES[what]?.training ?? null;
  return what === 'loss' || what === 'accuracy' ? what : null;
}

const CURVES: Readonly<
  Partial<Record<keyof typeof METRICS, Readonly<Record<'validation' | 'training', CurveMetric>>>>
> = {
  accuracy: { validation: 'validationAccuracy', training: 'trainingAccuracy' },
  loss: { validation: 'validationLoss', training: 'trainingLoss' },
  top5: { validation: 'validationTop5', training: 'trainingTop5' },
};

/** What pages show first comes first: results on the test part, as the table of metrics has them, then what only imported runs have. */
export function inOrder(metrics: readonly AnyMetric[]): AnyMetric[] {
  return [
    ...runMetrics.filter((metric) => metrics.includes(metric)),
    ...metrics.filter((metric) => isImportedMetric(metric)),
  ];
}

export function isShare(metric: AnyMetric): boolean {
  return !isImportedMetric(metric) && RUN_METRICS[metric].kind === 'share';
}
