/**
 * `npm run bench -- analyze [--json] [--rounds N] [--images N] [--methods a,b] [--pythons a,b]`
 *
 * What layers know: all representation measures of one run of SqueezeNet 1.1 at 32 pixels, each method in turn by
 * Kindling and by PyTorch, scikit-learn and NumPy (analyze/python_worker.py), in interleaved rounds. Both start from
 * weights and images, measure the network before and after its training and make each pass over the images once a round,
 * in the first method that needs it. What loads libraries is not counted. Python is measured twice, as it comes and with
 * one thread for OpenMP and BLAS (whose threads wait for each other at small products); the ratio is to the better of the
 * two in each method and round. `KINDLING_PYTHON` names a Python with torch and scikit-learn.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type AnalysisWorker, analysisWorker } from '../../src-main/analysis/analysis-work.ts';
import { FeatureStorage } from '../../src-main/analysis/feature-storage.ts';
import { SubjectCache } from '../../src-main/analysis/subject-cache.ts';
import type { SubjectSpecification } from '../../src-main/analysis/subject-specification.ts';
import { openEngine } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { featuresFolder, kindlingHome } from '../../src-main/home.ts';
import type { AnalysisResult } from '../../src-shared/analysis/analysis-result.ts';
import { startWorker, type BenchWorker } from './shared/bench-worker.ts';
import { findPython } from './shared/find-python.ts';
import { showSpread, spread } from './shared/spread.ts';
import { writeNetwork } from './analyze/write-network.ts';
import { writeSubject } from './analyze/write-subject.ts';

/** The methods, each with the measure whose values are compared. */
const COMPARED: Readonly<Record<string, string>> = {
  probe: 'cross-entropy',
  clusters: 'mutual information',
  separation: 'nc1',
  dimension: 'effective rank',
  units: 'sparsity',
  similarity: 'cka to output',
  spatial: 'cross-entropy 4x4',
};

/** How Python is started, with what is added to its environment. */
const PYTHONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'as it comes': {},
  'one thread': { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    images: { type: 'string', default: '2000' },
    methods: { type: 'string', default: Object.keys(COMPARED).join(',') },
    pythons: { type: 'string', default: Object.keys(PYTHONS).join(',') },
  },
});
const images = Number(values.images);
const rounds = Number(values.rounds);
const methods = values.methods.split(',');

/** Of one method in one round. */
interface Measurement {
  readonly seconds: number;
  /** The compared measure of each layer. */
  readonly found: ReadonlyMap<string, number>;
}
type Measurements = ReadonlyMap<string, Measurement[]>;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
try {
  const subject = writeSubject(folder);
  const python = findPython(['torch', 'sklearn']);
  if (python !== null) {
    const home = kindlingHome();
    const cache = new SubjectCache(
      await openEngine(selectedEngine(home)),
      () => Promise.resolve(),
      new FeatureStorage(featuresFolder(home)),
    );
    writeNetwork(cache.subject(subject), images, folder);
  }
  const own = noMeasurements();
  const others = new Map(
    python === null ? [] : values.pythons.split(',').map((name) => [name, noMeasurements()]),
  );
  for (let round = 1; round <= rounds; round++) await measureRound(round, subject, python, own, others);
  report(own, others);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

function noMeasurements(): Measurements {
  return new Map(methods.map((method) => [method, []]));
}

/** New processes for each round, so that each makes its passes over the images. */
async function measureRound(
  round: number,
  subject: SubjectSpecification,
  python: string | null,
  own: Measurements,
  others: ReadonlyMap<string, Measurements>,
): Promise<void> {
  const worker = analysisWorker(kindlingHome());
  const program = path.join(import.meta.dirname, 'analyze', 'python_worker.py');
  const workers = new Map<string, BenchWorker>();
  try {
    if (python !== null)
      for (const name of others.keys())
        workers.set(name, await startWorker(python, [program, folder], PYTHONS[name] ?? {}));
    // loads the engine
    await analyze(worker, subject, 'separation', 20);
    for (const method of methods) {
      const before = performance.now();
      const results = await analyze(worker, subject, method, images);
      const seconds = (performance.now() - before) / 1000;
      own.get(method)?.push({ seconds, found: comparedValues(method, results) });
      process.stderr.write(`round ${round} of ${rounds}, ${method}: ${seconds.toFixed(1)} s`);
      for (const [name, worker] of workers) {
        const other = await measureOther(worker, method);
        others.get(name)?.get(method)?.push(other);
        process.stderr.write(`, Python ${name} ${other.seconds.toFixed(1)} s`);
      }
      process.stderr.write('\n');
    }
  } finally {
    worker.close();
    for (const worker of workers.values()) worker.close();
  }
}

async function analyze(
  worker: AnalysisWorker,
  subject: SubjectSpecification,
  method: string,
  count: number,
): Promise<readonly AnalysisResult[]> {
  const settings = { images: count };
  const task = { subject, peers: [], method, settings, folder: path.join(folder, 'files') };
  return (await worker.work(task)).results;
}

function comparedValues(method: string, results: readonly AnalysisResult[]): Map<string, number> {
  return new Map(
    results.flatMap(({ measure, layer, value }) =>
      measure === COMPARED[method] && layer !== null && value !== null ? [[layer, value] as const] : [],
    ),
  );
}

async function measureOther(worker: BenchWorker, method: string): Promise<Measurement> {
  const answer = (await worker.ask({ method })) as { seconds: number; values: Record<string, number> };
  return { seconds: answer.seconds, found: new Map(Object.entries(answer.values)) };
}

/** |ours - theirs| / |theirs| of the layers in the first round. */
function differences(method: string, own: Measurements, others: Measurements): number[] {
  const theirs = others.get(method)?.[0]?.found;
  return [...(own.get(method)?.[0]?.found ?? [])].map(([layer, value]) => {
    const other = theirs?.get(layer) ?? NaN;
    return Math.abs(value - other) / Math.abs(other);
  });
}

/** Of each round the seconds of some methods together: the least of the programs, method by method. */
function secondsOf(programs: readonly Measurements[], names: readonly string[]): number[] {
  return Array.from({ length: rounds }, (_, round) =>
    names.reduce(
      (sum, name) => sum + Math.min(...programs.map((of) => of.get(name)?.[round]?.seconds ?? NaN)),
      0,
    ),
  );
}

function report(own: Measurements, others: ReadonlyMap<string, Measurements>): void {
  const pythons = [...others.values()];
  const [first] = pythons;
  const rows = [...methods.map((method) => [method]), methods].map((names) => {
    const mine = secondsOf([own], names);
    const better = first === undefined ? [] : secondsOf(pythons, names);
    const [method = ''] = names;
    const isAll = names === methods;
    return {
      name: isAll ? 'all' : method,
      kindling: spread(mine),
      pythons: pythons.map((python) => spread(secondsOf([python], names))),
      ratio: spread(better.map((seconds, round) => seconds / (mine[round] ?? NaN))),
      difference: spread(first === undefined || isAll ? [] : differences(method, own, first)),
    };
  });
  if (values.json) {
    console.log(JSON.stringify({ images, rounds, pythons: [...others.keys()], rows }));
    return;
  }
  const compared = [...others.keys()].map((name) => `Python ${name}, s`);
  const table = new Table({
    head: ['method', 'Kindling, s', ...compared, ...(first ? ['over the better', 'values differ by'] : [])],
    style: { head: [], border: [] },
  });
  for (const { name, kindling, pythons: seconds, ratio, difference } of rows) {
    const { median, high } = difference;
    const apart = Number.isNaN(median) ? '' : `${median.toExponential(0)} (at most ${high.toExponential(0)})`;
    const against = first ? [...seconds.map(showSpread), showSpread(ratio), apart] : [];
    table.push([name, showSpread(kindling), ...against]);
  }
  console.log(table.toString());
}
