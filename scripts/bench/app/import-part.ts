import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ImportAccount } from '../../../src-shared/contract/api/imports.ts';
import { foreignSweep } from '../shared/foreign-sweep.ts';
import { spread } from '../shared/spread.ts';
import type { BenchPart, Measurement } from './measurement.ts';

const MAIN = path.join(import.meta.dirname, '..', '..', '..', 'src-main', 'cli', 'main.ts');
const SIZE = { seeds: 10, points: 50 };
const RUNS = 10_000;
/** With curves each takes half a minute. */
const MOST_ROUNDS = 3;

/** `kindling import runs` with 10,000 runs that another program trained, into a store without any. */
export const importPart: BenchPart = async ({ home, rounds }) => {
  const folder = path.join(home, 'import');
  fs.mkdirSync(folder);
  const files = await foreignSweep(folder, SIZE);
  const measure = async (
    name: string,
    some: readonly string[],
    limit: number | null,
  ): Promise<Measurement> => {
    const seconds: number[] = [];
    for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round++)
      seconds.push(await importSeconds(path.join(folder, 'home'), some));
    return { name, unit: 's', spread: spread(seconds), limit };
  };
  return [
    await measure('import of 10,000 runs', files.slice(0, 1), null),
    await measure(`import of 10,000 runs with 5 curves of ${SIZE.points} points`, files, 60),
  ];
};

async function importSeconds(home: string, files: readonly string[]): Promise<number> {
  const began = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [MAIN, 'import', 'runs', '--keep-incomplete', '--json', ...files],
    {
      env: { ...process.env, KINDLING_HOME: home },
    },
  );
  const seconds = (performance.now() - began) / 1000;
  const { runs } = JSON.parse(stdout) as ImportAccount;
  if (runs !== RUNS) throw new Error(`${runs} runs were imported instead of ${RUNS}`);
  fs.rmSync(home, { recursive: true });
  return seconds;
}
