/**
 * `npm run torture -- [--minutes N] [--kills N] [--seed N] [--add | --keep-table]`
 *
 * Trains small studies in homes of their own with an application that is killed, and otherwise tried, at random moments; see
 * torture/kinds.ts. After each time the store is whole, no run is in a false state, what was finished is unchanged, at most a second of
 * points is lost, and nothing is left behind; at the end of each study all its bits are those of one that nobody disturbed. Writes the
 * table of docs/reliability.md, or adds to it (--add). Where something is wrong it says what, keeps the home, and ends with status 1.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../src-main/home.ts';
import { duration } from '../src-shared/numbers.ts';
import { Chance } from './torture/chance.ts';
import { TortureHome } from './torture/home.ts';
import { canMount } from './torture/small-disk.ts';
import { type Kind, Tally } from './torture/kinds.ts';
import { launcherNode } from './torture/launcher-node.ts';
import { Found } from './torture/life.ts';
import { STUDIES, STUDY } from './torture/studies.ts';
import { readTable, writeTable } from './torture/table.ts';
import { WatchedStore } from './torture/watched-store.ts';
import { type Bits, bitsOf, torture, trainToTheEnd } from './torture/world.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    kills: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    add: { type: 'boolean', default: false },
    'keep-table': { type: 'boolean', default: false },
  },
});

/** Worlds with a fault, after which it is known that there is one. */
const MOST_FAULTS = 5;

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-torture-'));
const seconds = 60 * Number(values.minutes);
const mostKills = Number(values.kills);
const started = performance.now();
const node = launcherNode();
const hasDisks = canMount();
const repository = path.join(import.meta.dirname, '..');
const before = values.add ? readTable(repository) : { commands: 0, counts: [] };
const tally = new Tally(before.counts);
const doneBefore = tally.total;
const references = new Map<number, Bits>();
let data: string | null = null;
let pace = 0;
let faults = 0;

const passed = (): number => (performance.now() - started) / 1000;
const done = (): number => tally.total - doneBefore;
const isOver = (): boolean => passed() > seconds || done() >= mostKills;

for (let seed = Number(values.seed); !isOver() && faults < MOST_FAULTS; seed++) await tortureOne(seed);
console.log(`${done()} times in ${duration(passed())}, ${faults} faults.`);
if (!values['keep-table'] && done() > 0)
  await writeTable(repository, tally, { commands: before.commands + 1, hasDisks });
if (faults === 0) fs.rmSync(root, { recursive: true });
process.exitCode = faults === 0 ? 0 : 1;

async function tortureOne(seed: number): Promise<void> {
  const place = seed % STUDIES.length;
  const reference = references.get(place) ?? (await trainReference(place));
  references.set(place, reference);
  const home = new TortureHome(path.join(root, String(seed)), STUDIES[place] ?? '', { node, data });
  const chance = new Chance(seed);
  if (hasDisks && chance.is(0.7)) home.mount();
  const watched = new WatchedStore(home.store, STUDY);
  const say = (kind: Kind, more = ''): void => tell(seed, kind, more);
  let isFound = false;
  try {
    await torture({ home, watched, chance, tally, pace, say }, reference, isOver);
  } catch (error) {
    isFound = true;
    faults += 1;
    tally.findAfterLast();
    const what = error instanceof Found ? error.message : ((error as Error).stack ?? String(error));
    console.log(
      `seed ${seed}: ${what}\n  kept: ${home.folder}; \`npm run torture -- --seed ${seed}\` begins with it`,
    );
  }
  await home.leave(isFound);
}

/** Of the study that nobody disturbs. */
async function trainReference(place: number): Promise<Bits> {
  const home = new TortureHome(path.join(root, `reference-${place}`), STUDIES[place] ?? '', { node, data });
  await trainToTheEnd(home);
  data ??= dataFolder(home.home);
  const begun = performance.now();
  await home.start(['run', 'list', '--json']).ended;
  pace = performance.now() - begun;
  return bitsOf(home);
}

function tell(seed: number, kind: Kind, more: string): void {
  const each = passed() / done();
  const left = Math.min(seconds - passed(), (mostKills - done()) * each);
  console.log(
    `${done()}  seed ${seed}  ${kind}${more}  (${duration(each)} each, about ${duration(Math.max(0, left))} left)`,
  );
}
