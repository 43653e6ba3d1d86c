/**
 * `npm run bench -- app [--json] [--rounds N] [--studies N] [--part NAME …]`
 *
 * The application on a store of 10,000 runs with 2.5 million points (`--studies 1` for a tenth of it), which is made
 * once, and the import of 10,000 runs that another program trained. Each part of the benchmark is a file in app/; without
 * `--part` all are measured.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { apiPart } from './app/api-part.ts';
import { everyPagePart } from './app/every-page-part.ts';
import { importPart } from './app/import-part.ts';
import { loggingPart } from './app/logging-part.ts';
import type { BenchPart, Measurement } from './app/measurement.ts';
import { pagePart } from './app/page-part.ts';
import { bigStore, FULL_SIZE } from './shared/big-store.ts';

const PARTS: ReadonlyMap<string, BenchPart> = new Map([
  ['api', apiPart],
  ['logging', loggingPart],
  ['table', pagePart],
  ['pages', everyPagePart],
  ['import', importPart],
]);

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    studies: { type: 'string', default: String(FULL_SIZE.studies) },
    part: { type: 'string', multiple: true, default: [...PARTS.keys()] },
  },
});

const wrong = values.part.find((name) => !PARTS.has(name));
if (wrong !== undefined) throw new Error(`--part ${wrong}: there are ${[...PARTS.keys()].join(', ')}.`);

let told = -1;
const file = bigStore({ ...FULL_SIZE, studies: Number(values.studies) }, (share) => {
  const quarter = Math.floor(4 * share);
  if (quarter > told) console.error(`making the store: ${25 * quarter} %`);
  told = quarter;
});
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const measurements: Measurement[] = [];
try {
  const copy = path.join(home, 'kindling.sqlite');
  fs.copyFileSync(file, copy);
  for (const [name, part] of PARTS) {
    if (!values.part.includes(name)) continue;
    measurements.push(...(await part({ file: copy, home, rounds: Number(values.rounds) })));
  }
} finally {
  fs.rmSync(home, { recursive: true, force: true });
}
report();

function report(): void {
  if (values.json) {
    console.log(JSON.stringify({ rounds: Number(values.rounds), measurements }));
    return;
  }
  const table = new Table({
    head: ['', 'median', 'range', 'at most'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, unit, spread, limit } of measurements) {
    const range = `${rounded(spread.low)} to ${rounded(spread.high)}`;
    table.push([name, `${rounded(spread.median)} ${unit}`, range, limit === null ? '' : `${limit} ${unit}`]);
  }
  console.log(table.toString());
}

function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: value < 100 ? 2 : 3 });
}
