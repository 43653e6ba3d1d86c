import type { MetricName } from '../studies/run-record.ts';
import type { Column, ColumnKind, Direction } from './column.ts';
import { isAsked } from './asked.ts';

/** The summary figures of a run, first the ones asked for most. */
const METRICS: Readonly<Record<MetricName, readonly [title: string, short: string, kind: ColumnKind]>> = {
  testAccuracy: ['test accuracy', 'accuracy', 'share'],
  testTop5: ['test top-5 accuracy', 'top 5', 'share'],
  testBalancedAccuracy: ['balanced test accuracy', 'balanced', 'share'],
  testMacroF1: ['test macro F1', 'macro F1', 'share'],
  testLoss: ['test loss', 'test loss', 'number'],
  validationAccuracy: ['validation accuracy', 'validation', 'share'],
  bestValidationAccuracy: ['best validation accuracy', 'best validation', 'share'],
  validationLoss: ['validation loss', 'validation loss', 'number'],
  trainingAccuracy: ['training accuracy', 'training', 'share'],
  trainingLoss: ['training loss', 'training loss', 'number'],
  imagesPerSecond: ['images per second', 'images/s', 'number'],
  dataWaitShare: ['share of time waiting for data', 'data wait', 'share'],
  peakMemoryBytes: ['peak memory', 'memory', 'bytes'],
  testLargestClass: ['largest class of the test part', 'largest class', 'share'],
  testSmallestClass: ['smallest class of the test part', 'smallest class', 'share'],
};

/** The better direction of a metric by its name: none for sizes of classes, lower for losses and costs, else higher. */
export function betterDirection(metric: string): Direction | null {
  if (/class$/i.test(metric)) return null;
  return /loss$|wait|bytes$/i.test(metric) ? 'lower' : 'higher';
}

/** What a run itself tells: its place, state, cost, figures, times and what the user wrote about it. */
export const runColumns: readonly Column[] = [
  column('id', 'run', 'run', 'text', (row) => row.id),
  column('study', 'study', 'study', 'text', (row) => row.study),
  column('cell', 'cell', 'cell', 'text', (row) => row.cell),
  column('seed', 'seed', 'seed', 'number', (row) => row.seed),
  column('state', 'state', 'state', 'state', (row) => row.state),
  column('dataset', 'data set', 'data', 'text', (row) => row.dataset),
  column('parameters', 'parameters', 'params', 'count', (row) => row.parameters, 'lower'),
  column('macs', 'multiply-accumulates', 'MACs', 'count', (row) => row.macs, 'lower'),
  ...(Object.keys(METRICS) as MetricName[]).map((metric) => {
    const [title, short, kind] = METRICS[metric];
    return column(metric, title, short, kind, (row) => row.metrics[metric], betterDirection(metric));
  }),
  column('seconds', 'training time', 'time', 'duration', (row) => row.seconds, 'lower'),
  column('step', 'last step', 'step', 'count', (row) => row.step),
  column('totalSteps', 'steps in all', 'steps', 'count', (row) => row.totalSteps),
  column('createdAt', 'created', 'created', 'date', (row) => milliseconds(row.createdAt)),
  column('startedAt', 'started', 'started', 'date', (row) => milliseconds(row.startedAt)),
  column('endedAt', 'ended', 'ended', 'date', (row) => milliseconds(row.endedAt)),
  column('engine', 'engine', 'engine', 'text', (row) => row.engine),
  column('engineVersion', 'version of the engine', 'version', 'text', (row) => row.engineVersion),
  column('device', 'device', 'device', 'text', (row) => row.device),
  column('threads', 'threads of the trainer', 'threads', 'count', (row) => row.threads),
  column('mode', 'mode of the step', 'mode', 'text', (row) => row.mode),
  column('failure', 'failure', 'failure', 'text', (row) => row.failure?.code ?? null),
  // what a study's file does not name any more stays in the store
  column('asked', 'in its file', 'in its file', 'text', isAsked),
  column('tags', 'tags', 'tags', 'text', (row) => row.tags),
  column('note', 'note', 'note', 'text', (row) => row.note || null),
];

function column(
  key: string,
  title: string,
  short: string,
  kind: ColumnKind,
  value: Column['value'],
  better: Direction | null = null,
): Column {
  // losses, speeds and the like
  return { key, title, short, kind, better, value, ...(kind === 'number' && { range: 'not negative' }) };
}

function milliseconds(date: string | null): number | null {
  const time = date === null ? NaN : Date.parse(date);
  return Number.isNaN(time) ? null : time;
}
