import { sum } from 'd3-array';
import type { Card } from '../../../src-shared/machine/card.ts';
import { type Gain, gainOf } from '../../../src-shared/studies/measured-trainers.ts';
import { startWorker } from '../../work/worker.ts';
import { engineKindNamed } from '../engines/registry.ts';
import type { EngineInstallation } from '../installations/installation.ts';
import { computingEnvironment } from '../open-engine.ts';
import { MEASURED_ENGINE, type MeasuredSubject, STEPS, type StepsWorker } from './steps-work.ts';

/** Two that are compared take turns so often, so that what else the machine does meets both alike. */
const ROUNDS = 5;
const MILLISECONDS = 300;
/** Between the least and the greatest lie all comparisons. */
const ALL = 1;

/** What is measured, and where. */
export interface MeasuringSite {
  readonly subject: MeasuredSubject;
  /** On which all processes compute; null for what the engine takes by itself. */
  readonly card: Card | null;
  readonly signal?: AbortSignal | undefined;
}

/** Processes that compute at the same time. */
export interface Crew {
  readonly jobs: number;
  /** Of each. */
  readonly threads: number;
  /** That each trains in one step. */
  readonly networks: number;
}

/** Processes that train a network on an engine to be measured; those of one crew are used by the next that is like them. */
export class MeasuringProcesses {
  readonly #engine: EngineInstallation;
  readonly #site: MeasuringSite;
  readonly #started: StepsWorker[] = [];
  readonly #ready = new Map<string, StepsWorker[]>();

  constructor(engine: EngineInstallation, site: MeasuringSite) {
    this.#engine = engine;
    this.#site = site;
  }

  /**
   * How many times the images/s of the others a crew has, all together, by turns.
   * @throws WorkerDied, Problem or what the engine throws; the reason of an abort
   */
  async gainOver(others: Crew, crew: Crew): Promise<Gain> {
    const [under, over] = [await this.#workers(others), await this.#workers(crew)];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = await this.#speedOf(under, others);
      ratios.push((await this.#speedOf(over, crew)) / before);
    }
    return gainOf(ratios, ALL);
  }

  /** Resolves when their memory is free. */
  async end(): Promise<void> {
    for (const worker of this.#started) worker.kill();
    await Promise.all(this.#started.map((worker) => worker.leave()));
  }

  async #workers({ jobs, threads, networks }: Crew): Promise<readonly StepsWorker[]> {
    const key = `${threads} ${networks}`;
    const ready = this.#ready.get(key) ?? [];
    this.#ready.set(key, ready);
    const { card, signal } = this.#site;
    const onCard = card === null ? {} : engineKindNamed(this.#engine.engine).cardEnvironment?.(card);
    const environment = {
      ...{ ...computingEnvironment(this.#engine)(threads), ...onCard },
      [MEASURED_ENGINE]: this.#engine.folder,
    };
    while (ready.length < jobs) {
      const worker = await startWorker(STEPS, { environment, signal });
      this.#started.push(worker);
      // compiled by one after the other, as little memory is taken
      await this.#stepsOf(worker, networks, 0);
      ready.push(worker);
    }
    return ready.slice(0, jobs);
  }

  /** Steps of a single network that they take in a second, all together. */
  async #speedOf(workers: readonly StepsWorker[], { networks }: Crew): Promise<number> {
    const each = workers.map((worker) => this.#stepsOf(worker, networks, MILLISECONDS));
    return networks * sum(await Promise.all(each));
  }

  /** In a second. */
  async #stepsOf(worker: StepsWorker, networks: number, milliseconds: number): Promise<number> {
    const { subject, signal } = this.#site;
    const { steps, seconds } = await worker.work({ ...subject, networks, milliseconds }, { signal });
    return steps / seconds;
  }
}
