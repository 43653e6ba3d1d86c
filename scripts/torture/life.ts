import { setTimeout as wait } from 'node:timers/promises';
import { counted } from '../../src-shared/counted.ts';
import type { Chance } from './chance.ts';
import type { Command, TortureHome } from './home.ts';
import type { Kind, Tally } from './kinds.ts';
import { leftovers } from './leftovers.ts';
import { loadMachine } from './load.ts';
import { stillRunning, type MarkedProcess, running } from './marked-processes.ts';
import { awake, lastTold, longestGap, told } from './told-log.ts';
import type { ToldInTime, WatchedStore } from './watched-store.ts';

/** Milliseconds in which points have to be recorded that were told. */
const MOST_LOST = 1000;

/** Milliseconds after which a start that trains nothing, or processes without their application, count as hanging. */
const PATIENCE = 120_000;
const END_PATIENCE = 20_000;

export interface World {
  readonly home: TortureHome;
  readonly watched: WatchedStore;
  readonly chance: Chance;
  readonly tally: Tally;
  /** Milliseconds that a command takes to start here. */
  readonly pace: number;
  readonly say: (kind: Kind, more?: string) => void;
}

/** What is wrong with the home of a world. */
export class Found extends Error {}

/** From one start of the application to the end of all its processes. */
export class Life {
  readonly world: World;
  readonly began = Date.now();
  readonly isLoaded: boolean;
  /** Milliseconds since 1970: what was told before has been recorded, also where the disk is full from then on. */
  #recordedUntil = Infinity;
  /** Milliseconds since 1970 when a program was killed, beside which another one may go on. */
  readonly #kills: number[] = [];
  readonly #endLoad: () => void;

  constructor(world: World) {
    this.world = world;
    world.home.beginLife();
    this.isLoaded = world.chance.is(0.2);
    this.#endLoad = this.isLoaded ? loadMachine() : () => undefined;
  }

  /** Of the kind of program that ends so, as `src-main/trainer/main.ts`. */
  find(end: string, word?: string): MarkedProcess[] {
    const found = running(this.world.home.processes(), end);
    return word === undefined ? found : found.filter(({ command }) => command.includes(word));
  }

  /** Something has been done. */
  note(kind: Kind, more?: string): void {
    this.world.tally.add(kind, this.isLoaded);
    this.world.say(kind, more);
  }

  /** A program is killed now: what it was told just before is lost, whatever another one goes on to do. */
  noteKill(): void {
    this.#kills.push(Date.now());
  }

  /** Nothing is recorded from now on. */
  endRecording(): void {
    this.#recordedUntil = Math.min(this.#recordedUntil, Date.now());
  }

  /** Until a trainer tells something, or the application has ended. @returns whether something trains */
  async awaitTraining(app: Command): Promise<boolean> {
    const deadline = performance.now() + PATIENCE;
    let hasEnded = false;
    void app.ended.then(() => (hasEnded = true));
    while (!hasEnded && told(this.world.home.log).length === 0) {
      if (performance.now() > deadline) throw new Found('nothing was trained for two minutes');
      await wait(20);
    }
    return !hasEnded;
  }

  /** Beside an application that goes on. */
  async look(): Promise<void> {
    this.#judge(await this.world.watched.look(this.#toldInTime()));
  }

  /** When all was killed that is to be: nothing is left, and the store is whole. */
  async end(): Promise<void> {
    const { home, watched } = this.world;
    this.endRecording();
    const left = await home.awaitEnd(END_PATIENCE);
    this.#endLoad();
    this.#judge(stillRunning(left));
    this.#judge(await watched.open(this.#toldInTime()));
    if (told(home.log).length > 0)
      this.#judge(leftovers(home.home, this.began).map((file) => `left over: ${file}`));
  }

  /** Whatever has happened. */
  leave(): void {
    this.#endLoad();
  }

  /**
   * Told a second before each of the ends after it, and as much longer as the machine kept the application from its work then. A trainer goes on
   * telling for a moment when the application is dead: its last sign of life is an end of its own.
   */
  #toldInTime(): ToldInTime {
    const { log } = this.world.home;
    const times = awake(log);
    const until = Math.min(this.#recordedUntil, Date.now(), times.at(-1) ?? 0);
    const isLate = (at: number, end: number): boolean => at > end - MOST_LOST - longestGap(times, end);
    return (ends) =>
      lastTold(log, (at, run) => {
        // an end before it is of a former life of the program, or of a clock that went back
        const after = [...this.#kills, ends.get(run) ?? Infinity].filter((end) => end >= at);
        return [until, ...after.filter(Number.isFinite)].every((end) => !isLate(at, end));
      });
  }

  #judge(wrong: readonly string[]): void {
    if (wrong.length > 0) throw new Found(`${counted(wrong.length, 'fault')}:\n  ${wrong.join('\n  ')}`);
  }
}
