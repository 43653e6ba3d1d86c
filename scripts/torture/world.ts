import fs from 'node:fs';
import path from 'node:path';
import { openStore } from '../../src-main/store/open-store.ts';
import { storedBits } from '../bench/shared/stored-bits.ts';
import type { TortureHome } from './home.ts';
import { leftovers } from './leftovers.ts';
import { stillRunning } from './marked-processes.ts';
import { Found, type World } from './life.ts';
import { liveOnce } from './lives.ts';
import { FOREIGN_RUNS, RUNS, STUDY } from './studies.ts';

/** By cell and seed. */
export type Bits = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** A world in which a study never ends has a fault. */
const MOST_LIVES = 60;

/** Has a study be trained, by an application that is killed time and again until all of it is there. @throws Found */
export async function torture(world: World, reference: Bits, isOver: () => boolean): Promise<void> {
  for (let lives = 0; world.watched.finished < RUNS && !isOver(); lives++) {
    if (lives === MOST_LIVES) throw new Found(`after ${MOST_LIVES} starts the study is not at its end`);
    await liveOnce(world);
  }
  await trainToTheEnd(world.home);
  const wrong = [
    ...(await world.watched.open(() => new Map())),
    ...compare(bitsOf(world.home), reference),
    ...leftovers(world.home.home, Infinity).map((file) => `left over: ${file}`),
    ...resumeFiles(world.home).map((file) => `a resume checkpoint of a finished run is left: ${file}`),
    ...wrongImports(world.home),
  ];
  if (wrong.length > 0) throw new Found(wrong.join('\n  '));
}

/** Without any trouble. @throws Found where it does not end well */
export async function trainToTheEnd(home: TortureHome): Promise<void> {
  home.beginLife();
  const app = home.start(['study', 'run', home.study, '--jobs', '2']);
  const status = await app.ended;
  if (status !== 0) throw new Found(`\`study run\` ended with status ${status}:\n${app.said()}`);
  const wrong = stillRunning(await home.awaitEnd(10_000));
  if (wrong.length > 0) throw new Found(wrong.join('\n  '));
}

export function bitsOf(home: TortureHome): Bits {
  const store = openStore(home.store, { purpose: 'read' });
  try {
    const complete = store.runs({ study: STUDY }).filter(({ state }) => state === 'complete');
    return new Map(complete.map(({ id, cell, seed }) => [`${cell} ${seed}`, storedBits(store, id)]));
  } finally {
    store.close();
  }
}

function compare(found: Bits, reference: Bits): string[] {
  const wrong: string[] = [];
  for (const [run, expected] of reference)
    for (const [part, hash] of Object.entries(expected))
      if (found.get(run)?.[part] !== hash)
        wrong.push(`cell and seed ${run}: ${part} differ from the reference`);
  return wrong;
}

function resumeFiles({ home }: TortureHome): string[] {
  return fs
    .readdirSync(path.join(home, 'artifacts'), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name).startsWith('resume-'));
}

/** An import is whole or not there. */
function wrongImports(home: TortureHome): string[] {
  const store = openStore(home.store, { purpose: 'read' });
  try {
    return store.studies().flatMap(({ definition }) => {
      const { name } = definition;
      const runs = name === STUDY ? FOREIGN_RUNS : store.runs({ study: name }).length;
      return runs === FOREIGN_RUNS ? [] : [`the import ${name} has ${runs} of ${FOREIGN_RUNS} runs`];
    });
  } finally {
    store.close();
  }
}
