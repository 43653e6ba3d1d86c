import type { RunMetricDescription } from '../metrics/metric.ts';
import { RUN_METRICS, type RunMetric, runMetrics } from '../metrics/metrics.ts';
import type { Direction, ValueKind } from '../metrics/value-kind.ts';
import { isAsked } from './asked.ts';
import type { Column } from './column.ts';
import { runsInStep } from './own-seconds.ts';

/** What a run itself tells: its place, state, cost, figures, times and what the user wrote about it. */
export const runColumns: readonly Column[] = [
  column('id', 'run', 'run', 'text', (row) => row.id, { aliases: ['run'] }),
  column('study', 'study', 'study', 'text', (row) => row.study),
  column('cell', 'cell', 'cell', 'text', (row) => row.cell),
  column('seed', 'seed', 'seed', 'number', (row) => row.seed),
  column('state', 'state', 'state', 'state', (row) => row.state),
  column('dataset', 'data set', 'data', 'text', (row) => row.dataset, { aliases: ['data'] }),
  column('parameters', 'parameters', 'params', 'count', (row) => row.parameters, {
    better: 'lower',
    aliases: ['params'],
  }),
  column('macs', 'MACs', 'MACs', 'count', (row) => row.macs, { better: 'lower' }),
  ...runMetrics.map(metricColumn),
  column('seconds', 'training time', 'time', 'duration', (row) => row.seconds, {
    better: 'lower',
    aliases: ['time', 'duration'],
  }),
  column('step', 'last step', 'step', 'count', (row) => row.step),
  column('totalSteps', 'total steps', 'steps', 'count', (row) => row.totalSteps),
  column('createdAt', 'created', 'created', 'date', (row) => milliseconds(row.createdAt), {
    aliases: ['created'],
  }),
  column('startedAt', 'started', 'started', 'date', (row) => milliseconds(row.startedAt), {
    aliases: ['started'],
  }),
  column('endedAt', 'ended', 'ended', 'date', (row) => milliseconds(row.endedAt), { aliases: ['ended'] }),
  column('engine', 'engine', 'engine', 'text', (row) => row.engine),
  column('engineVersion', 'engine version', 'version', 'text', (row) => row.engineVersion),
  column('device', 'device', 'device', 'text', (row) => row.device),
  column('threads', 'trainer threads', 'threads', 'count', (row) => row.threads),
  column('runsInStep', 'runs in one step', 'in step', 'count', (row) =>
    row.engine === null ? null : runsInStep(row),
  ),
  column('images', 'images', 'images', 'text', (row) => row.images ?? null),
  column('mode', 'step mode', 'mode', 'text', (row) => row.mode),
  column('importedFrom', 'imported from', 'imported', 'text', (row) => row.importedFrom, {
    aliases: ['imported'],
  }),
  column('openedFrom', 'opened from', 'opened', 'text', (row) => row.openedFrom, { aliases: ['opened'] }),
  column('interruptions', 'interruptions', 'interruptions', 'count', (row) => row.interruptions.length),
  column('failure', 'failure', 'failure', 'text', (row) => row.failure?.code ?? null),
  // what a study's file does not name any more stays in the store
  column('asked', 'in its file', 'in its file', 'text', isAsked),
  column('tags', 'tags', 'tags', 'text', (row) => (row.tags.length > 0 ? row.tags : null), {
    aliases: ['tag'],
  }),
  column('note', 'note', 'note', 'text', (row) => row.note || null),
];

/** A figure of a run's end. */
function metricColumn(name: RunMetric): Column {
  const {
    title,
    short = title,
    kind,
    better,
    range,
    aliases,
    judge,
  }: RunMetricDescription = RUN_METRICS[name];
  return {
    ...{ key: name, title, short, kind, better, value: (row) => row.metrics[name] },
    ...(range && { range }),
    ...(aliases && { aliases }),
    ...(judge !== undefined && { judge }),
  };
}

function column(
  key: string,
  title: string,
  short: string,
  kind: ValueKind,
  value: Column['value'],
  {
    better = null,
    aliases = [],
  }: { readonly better?: Direction | null; readonly aliases?: readonly string[] } = {},
): Column {
  // seeds
  return {
    key,
    title,
    short,
    kind,
    better,
    aliases,
    value,
    ...(kind === 'number' && { range: 'not negative' }),
  };
}

function milliseconds(date: string | null): number | null {
  const time = date === null ? NaN : Date.parse(date);
  return Number.isNaN(time) ? null : time;
}
