import { existsSync } from 'node:fs';
import { counted } from '../../../src-shared/counted.ts';
import { decimalSize, duration, roughDuration, shortCount, whole } from '../../../src-shared/numbers.ts';
import { andList } from '../../../src-shared/lists.ts';
import { trainedBefore } from '../../../src-shared/runs/trained-before.ts';
import {
  planStudy,
  type PlannedCell,
  type PlannedTotals,
  type StudyPlan,
} from '../../../src-shared/runs/plan-study.ts';
import {
  histogramText,
  rangeText,
  runsText,
  timeBasis,
  timeText,
  totalText,
} from '../../../src-shared/runs/plan-text.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { costStudy, type FittedStudy } from '../../../src-shared/studies/cost-study.ts';
import { measuredPeaks } from '../../../src-shared/runs/measured-peaks.ts';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { allBytes } from '../../../src-shared/studies/run-bytes.ts';
import { studyWarnings } from '../../../src-shared/studies/study-warnings.ts';
import type { GoOn } from '../../../src-shared/studies/trainer-protocol.ts';
import type { TrainersAtOnce } from '../../../src-shared/studies/trainers-at-once.ts';
import { plannedGoingOn } from '../../artifacts/planned-runs.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { type DataToPlan, dataToPlan } from '../../datasets/plan-data.ts';
import { type PlannerHere, plannerHere } from '../../executors/engine-planner.ts';
import { freeBytes } from '../../files/disk-full.ts';
import { dataFolder, kindlingHome } from '../../home.ts';
import { requireSameData } from '../../store/require-same-data.ts';
import { openToRead } from '../open-to-read.ts';
import type { Store } from '../../store/store.ts';
import { USUAL_LOCAL_SETTINGS } from '../../../src-shared/studies/local-settings.ts';
import { type LocalOptions, localSettings } from '../local-options.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { type AskedSeeds, askedSeeds, type SeedOptions } from './plan-seeds.ts';
import { readStudyToRun } from './read-study-to-run.ts';

export interface StudyPlanOptions extends SeedOptions, Pick<LocalOptions, 'devices' | 'fuse'> {
  readonly seeds?: number;
  readonly jobs?: TrainersAtOnce;
  readonly retryDiverged?: boolean;
  readonly resume?: GoOn['how'];
  readonly json?: boolean;
}

/** Prints what a study would cost and what its seeds could show; nothing is trained, downloaded or saved. @throws Problem as `study run`, before it trains */
export async function planStudyFile(
  storeFile: string,
  file: string,
  options: StudyPlanOptions,
): Promise<void> {
  const text = readStudyToRun(file, options.seeds);
  const home = kindlingHome();
  const study = costStudy(text, file, (name) => dataToPlan(name, dataFolder(home)));
  const store = existsSync(storeFile) ? openToRead(storeFile) : null;
  try {
    const plan = planOf(
      store,
      study,
      options,
      await plannerHere(home, localSettings(options) ?? USUAL_LOCAL_SETTINGS),
    );
    const seeds = askedSeeds(store, study, options);
    const free = freeBytes(home);
    const warnings = [...warningsOf(study), ...(plan.jobs.warning ? [plan.jobs.warning] : [])];
    const goingOn = goingOnOf(store, study, plan, options);
    if (options.json) printJson({ ...asJson(study, plan, free, seeds), goingOn, warnings });
    else await print(study, plan, free, seeds, goingOn);
    if (!options.json) for (const warning of warnings) printLine(`\nWarning: ${warning}`);
  } finally {
    store?.close();
  }
}

/** Settings that fight each other, in sentences. */
function warningsOf({ definition, cells, data }: FittedStudy<DataToPlan>): string[] {
  const costed = cells.map((cell) => ({ recipe: cell.recipe, cost: cell }));
  return studyWarnings(definition, costed, data).map(showMistake);
}

function planOf(
  store: Store | null,
  { definition, cells, data }: FittedStudy<DataToPlan>,
  { jobs, retryDiverged = false }: StudyPlanOptions,
  { engine, plan: planner }: PlannerHere,
): StudyPlan {
  if (store && data.hash !== null) requireSameData(store, { definition, dataHash: data.hash });
  const index = indexRuns(store?.runTable() ?? { runs: [], cells: [] });
  return planStudy({
    ...{ definition, data, rows: index.rows, ...trainedBefore(index) },
    cells: cells.map((cell) => ({ cell, cost: cell })),
    retryDiverged,
    peaks: measuredPeaks(index, engine),
    planJobs: (work) => planner({ ...work, jobs: jobs === 'auto' ? null : (jobs ?? null) }),
  });
}

/** Which of the missing runs go on, and why others do not, in sentences. */
function goingOnOf(
  store: Store | null,
  { definition, cells, data: { hash } }: FittedStudy<DataToPlan>,
  { jobs: { threads } }: StudyPlan,
  { resume: how = 'exact', retryDiverged = false }: StudyPlanOptions,
): string[] {
  if (store === null || hash === null) return [];
  const computedBy = { kindling: kindlingVersion(), threads };
  return plannedGoingOn(store, cells, { definition, dataHash: hash, how, computedBy }, retryDiverged);
}

const DISK_WORDS = { checkpoints: 'checkpoints', points: 'curves', histograms: 'histograms' };

async function print(
  { definition, data }: FittedStudy<DataToPlan>,
  plan: StudyPlan,
  free: number,
  seeds: AskedSeeds,
  goingOn: readonly string[],
): Promise<void> {
  const done = plan.runs - plan.missing;
  const most = plan.most ?? plan;
  const size = `${counted(plan.cells.length, 'cell')}, ${runsText(plan.runs, most.runs)}`;
  printLine(`${definition.name}: ${size}${done > 0 ? `, of which ${whole(done)} need no training` : ''}\n`);
  await printTable(
    [
      { title: 'cell' },
      ...['runs', 'to train', 'parameters', 'MACs', 'MACs of a training', 'checkpoints', 'time of a run'].map(
        (title) => ({ title, align: 'right' as const }),
      ),
    ],
    plan.cells.map((each) => [
      cellText(each.cell.factors) || '–',
      ...[each.runs, each.missing].map((least) => rangeText(least, least + each.open, whole)),
      ...[whole(each.cost.parameters), shortCount(each.cost.macs)],
      ...[shortCount(each.trainingMacs), decimalSize(each.bytes.checkpoints), timeOf(each)],
    ]),
  );
  printLine();
  const macs = totalText(plan, ({ trainingMacs }) => trainingMacs, shortCount);
  printLine(
    `To train: ${runsText(plan.missing, most.missing)}, ${macs} MACs (forward and backward; validation and test are not counted).`,
  );
  for (const line of goingOn) printLine(line);
  if (goingOn.length > 0) printLine('Work, time and disk are those of whole runs.');
  if (plan.most !== null)
    printLine('How many seeds the rule adds follows from the results: the least and the most are shown.');
  printLine(`Time: ${timeText(plan)}. ${timeBasis(plan)}`);
  if (histogramText(plan) !== '') printLine(histogramText(plan));
  const parts = (['checkpoints', 'points', 'histograms'] as const)
    .filter((part) => plan.bytes[part] > 0 || part !== 'histograms')
    .map((part) => `${totalText(plan, ({ bytes }) => bytes[part], decimalSize)} of ${DISK_WORDS[part]}`);
  const download =
    data.downloadBytes > 0 ? `, and ${decimalSize(data.downloadBytes)} to download for ${data.name}` : '';
  printLine(
    `Disk: ${andList(parts)}${download}; ${decimalSize(free)} are free${roomText(plan, free - data.downloadBytes)}.`,
  );
  printLine();
  for (const line of seeds.before) printLine(line);
  printLine();
  await printTable(
    seeds.columns.map((title, place) => ({ title, align: place === 0 ? 'left' : 'right' })),
    seeds.rows,
  );
  printLine();
  for (const line of seeds.after) printLine(line);
}

function roomText(plan: StudyPlan, free: number): string {
  const exceeds = ({ bytes }: PlannedTotals): boolean => allBytes(bytes) > free;
  if (exceeds(plan)) return ', which is too little';
  return plan.most && exceeds(plan.most) ? ', which is too little for the most' : '';
}

function timeOf({ seconds, timedRuns }: PlannedCell): string {
  if (seconds === null) return 'unknown';
  return timedRuns > 0 ? `${duration(seconds)} (n = ${timedRuns})` : `~ ${roughDuration(seconds)}`;
}

function asJson(
  { definition, data }: FittedStudy<DataToPlan>,
  plan: StudyPlan,
  free: number,
  seeds: AskedSeeds,
): object {
  const { cells, jobs, ...totals } = plan;
  return {
    study: definition.name,
    cells: cells.map(({ cell, cost, ...each }) => ({
      ...{ id: cell.id, factors: cell.factors, parameters: cost.parameters, macs: cost.macs },
      ...each,
    })),
    totals: { ...totals, downloadBytes: data.downloadBytes, freeBytes: free },
    ...{ jobs, seeds: seeds.json },
  };
}
