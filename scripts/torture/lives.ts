import type { Command } from './home.ts';
import { ALONE, BESIDE, hasEnded, killApplication, killRest } from './kills.ts';
import type { Kind } from './kinds.ts';
import { Found, Life, type World } from './life.ts';

/** So many times something happens to an application before it is killed itself, at most. */
const MOST_BESIDE = 4;

/** Milliseconds of training between two of them, at most. */
const PAUSE = 500;

/** What becomes of a home between two starts. */
export async function liveOnce(world: World): Promise<void> {
  const life = new Life(world);
  try {
    if (world.watched.finished > 0 && world.chance.is(0.2)) await liveAlone(life);
    else if (world.home.isMounted && world.watched.finished > 0 && world.chance.is(0.1))
      await startReadOnly(life);
    else await liveTraining(life);
    await life.end();
  } finally {
    life.leave();
  }
}

/** Commands without an application beside them. */
async function liveAlone(life: Life): Promise<void> {
  for (const kind of [life.world.chance.one(ALONE), life.world.chance.one(ALONE)]) await BESIDE[kind]?.(life);
}

async function startReadOnly(life: Life): Promise<void> {
  const { home } = life.world;
  home.setReadOnly(true);
  try {
    life.note('read-only home');
    const training = home.start(['study', 'run', home.study]);
    const list = home.start(['run', 'list', '--json']);
    const [trained, listed] = await Promise.all([training.ended, list.ended]);
    if (trained === 0 || !/^kindling: /m.test(training.said()))
      throw new Found(`\`study run\` in a read-only home ended with ${trained}: ${training.said()}`);
    if (listed !== 0)
      throw new Found(`\`run list\` in a read-only home ended with ${listed}: ${list.said()}`);
  } finally {
    await home.awaitEnd(5000);
    home.setReadOnly(false);
  }
}

async function liveTraining(life: Life): Promise<void> {
  const { chance, pace } = life.world;
  const by = chance.is(0.15) ? chance.between(1000, 48 * 3600_000) : null;
  const environment = by === null ? {} : { KINDLING_TORTURE_CLOCK: `${2 * pace}:${Math.round(by)}` };
  const app = await startStudy(life, environment);
  if (chance.is(0.15)) await chance.moment(4 * pace);
  else if (await life.awaitTraining(app)) await makeTrouble(life, app);
  await endTraining(life, app, by !== null);
  killRest(life);
}

/** By itself, or by `serve`. @returns the command that runs the study */
async function startStudy(life: Life, environment: Readonly<Record<string, string>>): Promise<Command> {
  const { home, chance } = life.world;
  if (chance.is(0.3)) {
    const server = home.start(['serve', '--port', '0', '--json'], environment);
    while (server.said() === '' && !(await hasEnded(server, 20)));
  }
  return home.start(['study', 'run', home.study, '--jobs', '2'], environment);
}

async function makeTrouble(life: Life, app: Command): Promise<void> {
  const { chance } = life.world;
  const kinds = Object.entries(BESIDE);
  for (let left = Math.floor(chance.between(0, MOST_BESIDE + 1)); left > 0; left--) {
    await Promise.race([chance.moment(PAUSE), app.ended]);
    const [, trouble] = chance.one(kinds);
    if (await trouble(life)) await life.look();
  }
  await Promise.race([chance.moment(2 * PAUSE), app.ended]);
}

async function endTraining(life: Life, app: Command, isClockTurned: boolean): Promise<void> {
  const { home, chance, pace } = life.world;
  const kind: Kind | 'none' = isClockTurned
    ? 'clock'
    : chance.one(['application', 'application', 'launcher', 'two programs', 'full disk', 'none']);
  if (kind === 'none') {
    await hasEnded(app, 10_000);
  } else if (kind === 'full disk') {
    if (home.isMounted) await fillDisk(life, app);
    else await killApplication(life, 'application');
  } else if (kind === 'two programs') {
    const second = chance.is(0.5)
      ? home.start(['study', 'run', home.study, '--jobs', '2'])
      : home.start(['serve', '--port', '0']);
    await chance.moment(3 * pace);
    await killApplication(life, kind);
    await Promise.race([chance.moment(2 * pace), second.ended]);
  } else await killApplication(life, kind);
}

/** The application says so and ends, or goes on until it is killed. */
async function fillDisk(life: Life, app: Command): Promise<void> {
  const { home, chance, pace } = life.world;
  life.endRecording();
  const empty = home.fillDisk();
  life.note('full disk');
  if (!(await hasEnded(app, chance.between(pace, 5 * pace)))) killRest(life);
  await home.awaitEnd(20_000);
  empty();
}
