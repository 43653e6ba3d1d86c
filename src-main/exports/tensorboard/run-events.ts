import type { RunRow, CellRow } from '../../../src-shared/runs/run-row.ts';
import type { Provenance } from '../../../src-shared/studies/run-record.ts';
import { elapsedSeconds } from '../../../src-shared/runs/elapsed-seconds.ts';
import { importedSeries, type RunSeries } from '../../../src-shared/metrics/measured-values.ts';
import { namesOf } from '../../../src-shared/metrics/metric.ts';
import { isImportedMetric } from '../../../src-shared/metrics/imported-metric.ts';
import { EPOCH_METRICS, RUN_METRICS, runMetrics, STEP_METRICS } from '../../../src-shared/metrics/metrics.ts';
import type { StepHistograms } from '../../../src-shared/metrics/layer-histograms.ts';
import { histogramValue } from './histogram-value.ts';
import { endValue, startValue, textValue } from './configuration-values.ts';
import type { Event, SummaryValue } from '../../event-files/event-schema.ts';

/** The results on the test part; the shares of its classes are none. */
const RESULTS = runMetrics.filter((name) => {
  const { part, better } = RUN_METRICS[name];
  return part === 'test' && better !== null;
});

export interface EventSource {
  readonly run: RunRow;
  readonly cell: CellRow | null;
  readonly provenance: Provenance | null;
  readonly series: RunSeries;
  readonly histograms: readonly StepHistograms[];
}

/**
 * All that is known of a run that has begun, in the order of its steps: its configuration, `step/<metric>` for
 * each step, `epoch/<metric>` at each epoch's last step, `result/<metric>` at the last step of a complete run.
 *
 * Points are stored without a wall time; see `trainingStart` and `elapsedSeconds` for what is written instead.
 * @param startedAt milliseconds since 1970
 */
export function runEvents(source: EventSource, startedAt: number): Event[] {
  const { run, series } = source;
  const begin = startedAt / 1000;
  const end = run.endedAt === null ? null : Date.parse(run.endedAt) / 1000;
  const measured = [...pointEvents(source, begin)].sort((one, other) => (one.step ?? 0) - (other.step ?? 0));
  const latest = measured.at(-1)?.wall_time ?? begin;
  const events: Event[] = [
    { wall_time: begin, file_version: 'brain.Event:2' },
    { wall_time: begin, step: 0, summary: { value: [startValue(run, begin), configuration(source)] } },
    ...measured,
  ];
  const lastStep = series.steps.at(-1)?.step ?? 0;
  const further = Object.keys(run.metrics).filter(isImportedMetric);
  const result = scalars('result', run.metrics, [...RESULTS, ...further]);
  if (result.length > 0)
    events.push({ wall_time: end ?? latest, step: lastStep, summary: { value: result } });
  if (end !== null) events.push({ wall_time: end, step: lastStep, summary: { value: [endValue(run, end)] } });
  return events;
}

function* pointEvents({ run, series, histograms }: EventSource, begin: number): Generator<Event> {
  const { steps, epochs } = series;
  const further = importedSeries(series);
  const start = trainingStart(run, begin);
  const end = run.endedAt === null ? Date.now() / 1000 : Date.parse(run.endedAt) / 1000;
  const timed = epochs.flatMap(({ step, seconds }) => (seconds === null ? [] : [{ step, seconds }]));
  const marks = { steps: timed.map(({ step }) => step), seconds: timed.map(({ seconds }) => seconds) };
  const elapsed = elapsedSeconds({
    steps: steps.map(({ step }) => step),
    epochs: marks,
    seconds: end - start,
  });
  for (const [index, point] of steps.entries()) {
    const time = start + (elapsed[index] ?? 0);
    yield {
      wall_time: time,
      step: point.step,
      summary: { value: scalars('step', point, namesOf(STEP_METRICS)) },
    };
  }
  const timeOf = new Map(steps.map(({ step }, index) => [step, elapsed[index] ?? 0]));
  for (const { step, layers } of histograms)
    yield {
      wall_time: start + (timeOf.get(step) ?? 0),
      step,
      summary: { value: layers.map(histogramValue) },
    };
  for (const point of epochs) {
    const time = start + (point.seconds ?? 0);
    yield {
      wall_time: time,
      step: point.step,
      summary: { value: scalars('epoch', point, ['seconds', ...namesOf(EPOCH_METRICS), ...further]) },
    };
  }
}

/**
 * When the clock of the run's epochs stood at zero, in seconds since 1970: for a complete run its end less the
 * seconds that its trainer measured, else the moment at which it was given to its trainer, which is earlier by
 * the time that the trainer took to read the data. Where the run went on from the end of a shorter one, that one's seconds come before.
 */
function trainingStart(run: RunRow, begin: number): number {
  const earliest = begin - (run.extension?.seconds ?? 0);
  if (run.endedAt === null || run.seconds === null) return earliest;
  return Math.max(earliest, Date.parse(run.endedAt) / 1000 - run.seconds);
}

/** Without those that were not measured. */
function scalars<Name extends string>(
  part: string,
  values: Readonly<Partial<Record<Name, number | null>>>,
  names: readonly Name[],
): SummaryValue[] {
  return names.flatMap((name) => {
    const value = values[name];
    return value === null || value === undefined ? [] : [{ tag: `${part}/${name}`, simple_value: value }];
  });
}

function configuration({ run, cell, provenance }: EventSource): SummaryValue {
  const { id, study, seed, dataset, factors, parameters, macs, retryOf, note, tags } = run;
  const told = {
    ...{ run: id, study, seed, dataset, factors, parameters, macs, retryOf, note, tags },
    network: cell?.network ?? null,
    training: cell?.recipe ?? null,
    provenance,
  };
  return textValue('configuration', JSON.stringify(told, null, 2));
}
