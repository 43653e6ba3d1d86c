import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { isDiskFull } from '../../files/disk-full.ts';
import { WorkerDied } from '../../work/worker-died.ts';
import type { FleetWorker, WorkerFleet } from './worker-fleet.ts';

/** So often workers are started anew while nothing comes of it. */
const MOST_STARTS = 4;

/** Sees to it that there are as many workers as there is work for. */
export class WorkerKeeper {
  readonly #fleet: WorkerFleet;
  readonly #pauseMs: number;
  #starts = 0;
  #askAt = 0;
  #lastWords: string | null = null;
  #seen: Workers | null = null;

  /** @param pauseMs between two questions to the fleet */
  constructor(fleet: WorkerFleet, pauseMs: number) {
    this.#fleet = fleet;
    this.#pauseMs = pauseMs;
  }

  /** Who was there when the fleet last answered. */
  get seen(): Workers | null {
    return this.#seen;
  }

  /** A worker trains: those that are started are of use. */
  noteNews(): void {
    this.#starts = 0;
  }

  /**
   * @param wanted workers for which there is work
   * @returns whether that is known
   * @throws Problem where workers end again and again before they train anything, with what the last one said
   */
  async keep(wanted: number): Promise<boolean> {
    if (performance.now() < this.#askAt) return true;
    const workers = await this.#fleet.workers().catch((error: unknown) => {
      if ((error instanceof Problem && !(error instanceof WorkerDied)) || isDiskFull(error))
        return this.#askLater(error);
      throw error;
    });
    this.#askAt = performance.now() + this.#pauseMs;
    if (workers === null) return false;
    for (const { state, note } of workers) if (state === 'ended') this.#lastWords = note ?? this.#lastWords;
    this.#seen = seenIn(workers);
    const alive = workers.filter(({ state }) => state !== 'ended').length;
    if (alive >= wanted) return true;
    if (alive === 0 && this.#starts >= MOST_STARTS) throw this.#hopeless();
    try {
      await this.#fleet.start(wanted - alive);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      this.#askLater(error);
      return false;
    }
    // the next ones come later each time
    this.#askAt = performance.now() + this.#pauseMs * 2 ** this.#starts;
    this.#starts++;
    return true;
  }

  /** What is known of the workers is as it was. */
  #askLater(why: unknown): null {
    this.#seen = { running: 0, waiting: 0, ...this.#seen, note: (why as Error).message };
    return null;
  }

  #hopeless(): Problem {
    const words = this.#lastWords ?? 'They said nothing.';
    return new Problem(
      'engine-invalid',
      `No worker trains the runs of this study: ${MOST_STARTS} times in a row they ended before they began. ${words}`,
    );
  }
}

/** What is said of those that wait is that of the first one. */
function seenIn(workers: readonly FleetWorker[]): Workers {
  const waiting = workers.filter(({ state }) => state === 'waiting');
  return {
    running: workers.filter(({ state }) => state === 'running').length,
    waiting: waiting.length,
    note: waiting[0]?.note ?? null,
  };
}
