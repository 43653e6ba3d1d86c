import { setTimeout as wait } from 'node:timers/promises';
import { crashThread } from './end-thread.ts';
import type { Command } from './home.ts';
import type { Kind } from './kinds.ts';
import type { Life } from './life.ts';
import { type MarkedProcess, signal } from './marked-processes.ts';
import { STUDY } from './studies.ts';

const APPLICATION = 'src-main/cli/main.ts';
const LAUNCHER = 'bin/kindling.mjs';
const TRAINER = 'src-main/trainer/main.ts';
const ANALYSIS = 'src-main/analysis/main.ts';

/** Does something to an application that goes on. @returns false where there was nothing to do it to */
type Trouble = (life: Life) => Promise<boolean>;

/** What an application is to survive. */
export const BESIDE: Readonly<Partial<Record<Kind, Trouble>>> = {
  trainer: (life) => hit(life, 'trainer', life.find(TRAINER), ({ pid }) => signal(pid, 'SIGKILL')),
  'data thread': (life) =>
    hit(life, 'data thread', life.find(TRAINER), ({ pid }) =>
      life.world.chance.is(0.5) ? crashThread(pid) : signal(pid, 'SIGUSR2'),
    ),
  analysis: (life) => killCommand(life, 'analysis', analysis(), 'analyze', [ANALYSIS]),
  backup: (life) => killCommand(life, 'backup', ['store', 'backup'], 'backup'),
  import: (life) => killCommand(life, 'import', ['import', 'runs', life.world.home.foreign], 'import'),
  suspension: suspend,
};

/** What needs no application. */
export const ALONE = ['analysis', 'backup', 'import'] as const satisfies readonly Kind[];

function analysis(): string[] {
  return ['analyze', '--study', STUDY, '--methods', 'tap-shares,weight-ranks,dimension', '--recompute'];
}

async function hit(
  life: Life,
  kind: Kind,
  victims: readonly MarkedProcess[],
  how: (victim: MarkedProcess) => boolean,
): Promise<boolean> {
  if (victims.length === 0 || !how(life.world.chance.one(victims))) return false;
  life.note(kind);
  return Promise.resolve(true);
}

/** Starts a command and kills one of its processes at a random moment. */
async function killCommand(
  life: Life,
  kind: Kind,
  parameters: readonly string[],
  word: string,
  others: readonly string[] = [],
): Promise<boolean> {
  const { home, chance, pace } = life.world;
  const command = home.start(parameters);
  await Promise.race([chance.moment(2.5 * pace), command.ended]);
  const victims = [
    ...life.find(LAUNCHER, word),
    ...life.find(APPLICATION, word),
    ...others.flatMap((each) => life.find(each)),
  ];
  const isHit = await hit(life, kind, victims, ({ pid }) => signal(pid, 'SIGKILL'));
  if (!(await hasEnded(command, 20_000))) {
    for (const { pid } of [...life.find(LAUNCHER, word), ...life.find(APPLICATION, word)])
      signal(pid, 'SIGKILL');
  }
  return isHit;
}

/** @returns whether a command ends within so many milliseconds */
export async function hasEnded({ ended }: Command, milliseconds: number): Promise<boolean> {
  const late = new AbortController();
  const isLate = wait(milliseconds, true, { signal: late.signal }).catch(() => true);
  const outcome = await Promise.race([ended.then(() => false), isLate]);
  late.abort();
  return !outcome;
}

async function suspend(life: Life): Promise<boolean> {
  const all = life.world.home.processes();
  if (all.length === 0) return false;
  for (const { pid } of all) signal(pid, 'SIGSTOP');
  life.note('suspension');
  await wait(life.world.chance.between(200, 2500));
  for (const { pid } of all) signal(pid, 'SIGCONT');
  return true;
}

/** Kills the application, or what started it. */
export function killApplication(
  life: Life,
  kind: 'application' | 'launcher' | 'clock' | 'two programs',
): Promise<boolean> {
  const victims = life.find(kind === 'launcher' ? LAUNCHER : APPLICATION);
  life.noteKill();
  return hit(life, kind, victims, ({ pid }) => signal(pid, 'SIGKILL'));
}

/** Whatever is left of the application. */
export function killRest(life: Life): void {
  for (const { pid } of [...life.find(LAUNCHER), ...life.find(APPLICATION)]) signal(pid, 'SIGKILL');
}
