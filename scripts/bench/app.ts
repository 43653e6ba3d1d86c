/**
 * `npm run bench -- app [--json] [--rounds N] [--studies N]`
 *
 * The application on a store of 10,000 runs with 2.5 million points (`--studies 1` for a tenth of it), which is made
 * once, and the import of 10,000 runs that another program trained. Each part of the benchmark is a file in app/.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { apiPart } from './app/api-part.ts';
import { importPart } from './app/import-part.ts';
import { loggingPart } from './app/logging-part.ts';
import type { BenchPart, Measurement } from './app/measurement.ts';
import { pagePart } from './app/page-part.ts';
import { bigStore, FULL_SIZE } from './shared/big-store.ts';

const PARTS: readonly BenchPart[] = [apiPart, loggingPart, pagePart, importPart];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    studies: { type: 'string', default: String(FULL_SIZE.studies) },
  },
});

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
  for (const part of PARTS) {
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
