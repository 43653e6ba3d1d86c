import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { randomStream } from '../../../src-shared/random.ts';

const WIDTHS = [16, 32, 64, 128, 256];
const DEPTHS = [8, 14, 20, 26, 32];
const OPTIMIZERS = ['sgd', 'adamw', 'lion', 'rmsprop'];
const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const CURVES = ['train/loss', 'train/acc', 'val/loss', 'val/acc', 'val/top5'] as const;

export interface SweepSize {
  /** Of each of the 1,000 combinations of factors. */
  readonly seeds: number;
  /** Of each of five curves. */
  readonly points: number;
}

/**
 * A sweep as W&B exports it: `sweep.csv` with a run in each row (four factors, seeds; of a hundred runs one crashed, one
 * still runs and one diverged) and `points.csv` with its curves. Width and depth help, the optimizer does as much
 * as its learning rate suits it, and the seed is worth half a point; the same numbers on every machine.
 *
 * @returns the files
 */
export async function foreignSweep(folder: string, { seeds, points }: SweepSize): Promise<string[]> {
  const table = createWriteStream(path.join(folder, 'sweep.csv'));
  table.write(
    'Name,State,Notes,User,Tags,Created,Runtime,Sweep,config.model.width,config.model.depth,config.optimizer.name,config.optimizer.lr,config.augment,config.seed,host,test/acc,test/loss,val/acc\n',
  );
  const curves = createWriteStream(path.join(folder, 'points.csv'));
  curves.write('run,metric,step,epoch,value\n');
  const noise = randomStream(0, 'foreign sweep');
  const effects = Array.from({ length: seeds }, () => noise.normal());
  let row = 0;
  for (const [w, width] of WIDTHS.entries())
    for (const [d, depth] of DEPTHS.entries())
      for (const [o, optimizer] of OPTIMIZERS.entries())
        for (const [l, rate] of RATES.entries())
          for (let seed = 0; seed < seeds; seed++) {
            const name = `sweep-run-${row}`;
            const suits = 4 - Math.abs(l - 3 - 1.5 * o) / 2;
            const mean = 60 + 4 * w + 2 * d + suits + (effects[seed] ?? 0) / 2;
            const accuracy = mean + noise.normal() / 2;
            const state = row % 100 === 17 ? 'crashed' : row % 100 === 53 ? 'running' : 'finished';
            const hasEnded = state === 'finished';
            const diverged = row % 100 === 71;
            const results = [accuracy, 4 - accuracy / 25, accuracy + noise.normal() / 4].map((value) =>
              !hasEnded ? '' : diverged ? 'NaN' : value.toFixed(4),
            );
            table.write(
              `${name},${state},,me,,2026-03-01T12:00:00.000Z,${(600 + row) % 3600},a1b2,${width},${depth},${optimizer},${rate},flip,${seed},gpu-${row % 7},${results.join(',')}\n`,
            );
            if (!curves.write(curveRows(name, accuracy / 100, points))) await once(curves, 'drain');
            row++;
          }
  const written = [table, curves];
  await Promise.all(written.map((stream) => once(stream.end(), 'finish')));
  return written.map((stream) => String(stream.path));
}

/** Of all five curves, a point each epoch. */
function curveRows(run: string, end: number, points: number): string {
  return CURVES.flatMap((curve) =>
    Array.from({ length: points }, (_, index) => {
      const share = end * (1 - Math.exp((-4 * (index + 1)) / points));
      const value = curve.endsWith('loss') ? 4 * (1 - share) : share;
      return `${run},${curve},${100 * (index + 1)},${index + 1},${value.toFixed(5)}\n`;
    }),
  ).join('');
}
