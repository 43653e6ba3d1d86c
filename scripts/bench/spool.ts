/**
 * `npm run bench -- spool [--seeds N] [--epochs N] [--workers N] [--kills N] [--twins N] [--json]`
 *
 * A study by workers of a spool, of which some are killed and others halted until they are taken for dead, whose trainers go on beside
 * who took the run over; it is left and collected from, and must have the very bits of the same study trained by processes of
 * this machine. Status 1 where anything differs.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { killedWorkers } from '../../test/main/executors/killed-workers.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    epochs: { type: 'string', default: '120' },
    workers: { type: 'string', default: '3' },
    kills: { type: 'string', default: '4' },
    twins: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-spool-bench-'));
const began = performance.now();
const happened = await killedWorkers(root, {
  seeds: Number(values.seeds),
  epochs: Number(values.epochs),
  workers: Number(values.workers),
  kills: Number(values.kills),
  twins: Number(values.twins),
  more: 20,
});
fs.rmSync(root, { recursive: true, force: true, maxRetries: 10 });
const seconds = Math.round((performance.now() - began) / 1000);
const { runs, kills, twins, wentOnFrom, collections, extendedFrom } = happened;
if (values.json) console.log(JSON.stringify({ ...happened, seconds }, null, 2));
else
  console.log(
    `${runs} runs in ${seconds} s, all equal to the local ones, bit for bit: ${kills} workers killed, ${twins} taken for dead, ` +
      `runs went on ${wentOnFrom.length} times (from steps ${wentOnFrom.join(', ')}), collected ${collections} times; a run of more epochs went on from step ${extendedFrom ?? 0}`,
  );
