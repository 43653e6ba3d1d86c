/**
 * `npm run bench -- analyze [--json] [--rounds N] [--images N] [--methods a,b]`
 *
 * What layers know, of SqueezeNet 1.1 at 32 pixels: seconds of each method, against the same measures by scikit-learn on
 * the same features, in interleaved rounds. Kindling measures the network before and after the training; scikit-learn is
 * given one set of weights, and its seconds count twice. Kindling's seconds hold the passes over the images,
 * scikit-learn's do not. `KINDLING_PYTHON` names a Python with scikit-learn.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { AnalysisProcess } from '../../src-main/analysis/analysis-process.ts';
import { SubjectShelf } from '../../src-main/analysis/subject-shelf.ts';
import type { SubjectSpecification } from '../../src-main/analysis/subject-specification.ts';
import { openEngine } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/provisioning/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { writeFeatures } from './analyze/write-features.ts';
import { writeSubject } from './analyze/write-subject.ts';
import { showSpread, spread } from './shared/spread.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    images: { type: 'string', default: '2000' },
    methods: { type: 'string', default: 'probe,clusters,separation,dimension,similarity,spatial' },
  },
});
const images = Number(values.images);
const methods = values.methods.split(',');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));

try {
  const specification = writeSubject(folder);
  const python = findScikitLearn();
  if (python !== null) {
    const shelf = new SubjectShelf(openEngine(selectedEngine(kindlingHome())), () => Promise.resolve());
    await writeFeatures(shelf.subject(specification), images, methods.includes('spatial'), folder);
  }
  const own = new Map(methods.map((method) => [method, [] as number[]]));
  const others = new Map(methods.map((method) => [method, [] as number[]]));
  for (let round = 0; round < Number(values.rounds); round++) {
    await measureKindling(specification, own);
    if (python !== null) await measureScikitLearn(python, others);
    process.stderr.write(`round ${round + 1} of ${values.rounds}\n`);
  }
  report(own, python === null ? null : others);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** A process of its own for each round, so that each makes its passes over the images. */
async function measureKindling(
  subject: SubjectSpecification,
  seconds: ReadonlyMap<string, number[]>,
): Promise<void> {
  const child = new AnalysisProcess(kindlingHome());
  const analyze = (method: string, count: number) =>
    child.analyze(
      { subject, peers: [], method, settings: { images: count }, folder: path.join(folder, 'files') },
      { onProgress: () => undefined },
    );
  try {
    // loads the engine
    await analyze('separation', 20);
    for (const method of methods) {
      const before = performance.now();
      await analyze(method, images);
      seconds.get(method)?.push((performance.now() - before) / 1000);
    }
  } finally {
    child.close();
  }
}

async function measureScikitLearn(python: string, seconds: ReadonlyMap<string, number[]>): Promise<void> {
  const program = path.join(import.meta.dirname, 'analyze', 'scikit_learn_worker.py');
  const child: ChildProcess = spawn(python, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null || child.stdin === null) throw new Error('the worker has no pipes');
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    await lines.next();
    for (const method of methods) {
      child.stdin.write(`${method}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the worker ended before it answered ${method}`);
      seconds.get(method)?.push(2 * (JSON.parse(value) as { seconds: number }).seconds);
    }
  } finally {
    child.kill();
  }
}

function findScikitLearn(): string | null {
  const command = process.env['KINDLING_PYTHON'] ?? 'python3';
  const found = spawnSync(command, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0;
  if (!found) process.stderr.write(`${command} has no scikit-learn: Kindling alone\n`);
  return found ? command : null;
}

function report(own: ReadonlyMap<string, number[]>, others: ReadonlyMap<string, number[]> | null): void {
  const sums = (of: ReadonlyMap<string, number[]>): number[] =>
    Array.from({ length: Number(values.rounds) }, (_, round) =>
      [...of.values()].reduce((sum, list) => sum + (list[round] ?? NaN), 0),
    );
  const rows = [...methods, 'all'].map((name) => {
    const mine = name === 'all' ? sums(own) : (own.get(name) ?? []);
    const theirs = others === null ? [] : name === 'all' ? sums(others) : (others.get(name) ?? []);
    const ratios = theirs.map((seconds, round) => seconds / (mine[round] ?? NaN));
    return { name, kindling: spread(mine), scikitLearn: spread(theirs), ratio: spread(ratios) };
  });
  if (values.json) {
    console.log(JSON.stringify({ images, rounds: Number(values.rounds), compared: others !== null, rows }));
    return;
  }
  const table = new Table({ head: ['method', 'Kindling, s', 'scikit-learn, s', 'times as fast'] });
  for (const { name, kindling, scikitLearn, ratio } of rows)
    table.push([
      name,
      showSpread(kindling),
      ...(others === null ? ['', ''] : [showSpread(scikitLearn), showSpread(ratio)]),
    ]);
  console.log(table.toString());
}
