import {
  decimalSize,
  duration,
  lossText,
  percent,
  plain,
  speedText,
  whole,
} from '../../../src-shared/numbers.ts';
import { importedSeries, type RunSeries } from '../../../src-shared/metrics/measured-values.ts';
import { importedMetricParts } from '../../../src-shared/metrics/imported-metric.ts';
import { during } from '../../../src-shared/machine/machine-sample.ts';
import { namesOf, type PointMetric } from '../../../src-shared/metrics/metric.ts';
import { EPOCH_METRICS, TIME_METRICS, timeMetrics } from '../../../src-shared/metrics/metrics.ts';
import { counted } from '../../../src-shared/counted.ts';
import { deviceText } from '../../../src-shared/runs/device-text.ts';
import { extensionText } from '../../../src-shared/runs/extension-text.ts';
import { interruptionsText } from '../../../src-shared/runs/interruptions-text.ts';
import { classBalance } from '../../../src-shared/runs/class-balance.ts';
import type { Provenance, RunRecord } from '../../../src-shared/studies/run-record.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { knownDataset } from '../../datasets/known-dataset.ts';
import { dataFolder } from '../../home.ts';
import { requireRuns } from '../require-runs.ts';
import { openToRead } from '../open-to-read.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { resultText } from './list.ts';

/** Prints one run. @throws Problem `not-found`, and those of the store */
export async function showRun(file: string, id: string, options: { readonly json?: boolean }): Promise<void> {
  const store = openToRead(file);
  try {
    requireRuns(store, [id]);
    const run = store.run(id);
    const provenance = store.provenance(id);
    const artifacts = store.artifacts(id);
    const series = store.series(id);
    const confusion = store.confusion(id);
    if (options.json) {
      const machine = during(store.machineSamples(run.study), run.startedAt, run.endedAt);
      printJson({ ...run, provenance, artifacts, confusion, series, machine });
      return;
    }
    printSummary(run);
    if (confusion !== null) {
      const { dataset } = store.study(run.study);
      const known = knownDataset(() => describeDataset(dataset, dataFolder()));
      printBalance(run, known?.classes ?? [], confusion.counts);
    }
    if (series.epochs.length > 0) await printEpochs(series);
    if (provenance !== null) printProvenance(provenance);
    for (const { kind, file: name, bytes: size } of artifacts) {
      const place = run.artifacts === null ? `${name}, which is not here` : `${run.artifacts}/${name}`;
      printLine(`${kind.padEnd(12)} ${place} (${decimalSize(size)})`);
    }
  } finally {
    store.close();
  }
}

function printSummary(run: RunRecord): void {
  const { metrics } = run;
  const interrupted = interruptionsText(run.interruptions);
  const lines: [string, string | null][] = [
    ['run', `${run.id} of ${run.study}, seed ${run.seed}: ${run.state}`],
    ['factors', cellText(run.factors)],
    ['imported', run.importedFrom && `from ${run.importedFrom}`],
    ['opened', run.openedFrom && `from the report ${run.openedFrom}`],
    [
      'network',
      run.parameters === null && run.macs === null
        ? null
        : `${whole(run.parameters)} parameters, ${whole(run.macs)} MACs`,
    ],
    [
      'failure',
      run.failure &&
        `${run.failure.message}${run.failure.step === null ? '' : ` (step ${run.failure.step})`}`,
    ],
    [
      'test',
      metrics.testAccuracy === null
        ? null
        : [
            resultText(metrics.testAccuracy),
            metrics.testTop5 === null ? '' : `top 5 ${resultText(metrics.testTop5)}`,
            metrics.testLoss === null ? '' : `loss ${lossText(metrics.testLoss)}`,
          ]
            .filter(Boolean)
            .join(', '),
    ],
    [
      'validation',
      metrics.validationAccuracy === null
        ? null
        : [
            resultText(metrics.validationAccuracy),
            metrics.bestValidationAccuracy === null
              ? ''
              : `best ${resultText(metrics.bestValidationAccuracy)}`,
          ]
            .filter(Boolean)
            .join(', '),
    ],
    [
      'time',
      run.seconds === null
        ? null
        : [
            duration(run.seconds),
            metrics.imagesPerSecond === null ? '' : speedText(metrics.imagesPerSecond),
            metrics.dataWaitShare === null ? '' : `${resultText(metrics.dataWaitShare)} waiting for data`,
          ]
            .filter(Boolean)
            .join(', '),
    ],
    ['results', furtherText(metrics)],
    ['spent', spentText(metrics)],
    ['memory', metrics.peakMemoryBytes === null ? null : decimalSize(metrics.peakMemoryBytes)],
    ['step', run.mode && `${run.mode}${run.modeReason ? ` (${run.modeReason})` : ''}`],
    ['images', run.images ?? null],
    ['interrupted', interrupted && `${interrupted.count}: ${interrupted.about}`],
    ['shorter run', run.extension ? `${run.extension.from}, ${extensionText(run.extension)}` : null],
    ['repeats', run.retryOf],
  ];
  for (const [name, text] of lines) if (text) printLine(`${name.padEnd(12)} ${text}`);
}

/** What only imported runs have: `bleu 31.25, ppl 12.8`; null without any. */
function furtherText(metrics: RunRecord['metrics']): string | null {
  const further = Object.entries(metrics).flatMap(([key, value]) => {
    const parts = importedMetricParts(key);
    return parts === null || value === null ? [] : [`${parts.name} ${value}`];
  });
  return further.length === 0 ? null : further.join(', ');
}

/** Where the time went, the most first: `steps 93.1 %, evaluation 4.2 %, …`; null where it was not measured. */
function spentText(metrics: RunRecord['metrics']): string | null {
  const parts = timeMetrics.map((name) => ({ name, seconds: metrics[name] ?? 0 }));
  const all = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  if (all === 0) return null;
  return parts
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ name, seconds }) => `${TIME_METRICS[name].short} ${percent(seconds / all)}`)
    .join(', ');
}

/** What accuracy hides where classes differ in size. @param classes their names; empty where they are not known */
function printBalance(
  { metrics }: RunRecord,
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): void {
  const scores = [resultText(metrics.testBalancedAccuracy), resultText(metrics.testMacroF1)];
  printLine(`balanced     ${scores[0]} (mean recall of the classes), macro F1 ${scores[1]}`);
  const balance = classBalance(classes, counts);
  if (balance) printLine(`classes      ${balance.text}`);
}

async function printEpochs(series: RunSeries): Promise<void> {
  const further = importedSeries(series);
  const metrics = namesOf(EPOCH_METRICS);
  printLine();
  await printTable(
    [
      ...['epoch', 'step', ...metrics.map(headOf)],
      ...further.map((metric) => importedMetricParts(metric)?.name ?? metric),
    ].map((title) => ({
      title,
      align: 'right' as const,
    })),
    series.epochs.map((point) => [
      point.epoch === null ? '–' : String(point.epoch),
      String(point.step),
      ...metrics.map((metric) =>
        EPOCH_METRICS[metric].kind === 'share' ? resultText(point[metric]) : numberText(point[metric]),
      ),
      ...further.map((metric) => numberText(point[metric])),
    ]),
  );
  printLine();
}

function headOf(metric: keyof typeof EPOCH_METRICS): string {
  const { title, short = title }: PointMetric = EPOCH_METRICS[metric];
  return short;
}

function printProvenance(provenance: Provenance): void {
  const { engine } = provenance;
  const dirty = provenance.gitDirty ? ' with changes' : '';
  printLine(
    `engine       ${engine.name} ${engine.version} on ${deviceText(engine)}, ${counted(engine.threads, 'thread')}`,
  );
  if (provenance.fusedWith) printLine(`fused with   ${provenance.fusedWith.join(', ')}`);
  printLine(`data         ${provenance.dataHash}`);
  printLine(
    `made with    Kindling ${provenance.kindlingVersion}, Node ${provenance.nodeVersion}, on ${provenance.host}`,
  );
  printLine(
    `folder       ${provenance.folder}${provenance.gitRevision ? ` at ${provenance.gitRevision}${dirty}` : ''}`,
  );
}

function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : plain(value);
}
