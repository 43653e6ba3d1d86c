import type {
  EngineDescription,
  RunSpecification,
  TrainingProgress,
} from '../../../src-shared/studies/trainer-protocol.ts';
import { computingEnvironment } from '../../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { runOnTrainer, type RunEnd } from '../../../src-main/scheduler/run-on-trainer.ts';
import { TRAINING, type TrainerProcess } from '../../../src-main/trainer/training-work.ts';
import { startWorker } from '../../../src-main/work/worker.ts';

/** All that was said about a run. */
export interface Training {
  readonly said: TrainingProgress[];
  readonly end: RunEnd;
}

/** The environment of a trainer of two threads. */
export function trainerEnvironment(): Record<string, string> {
  return computingEnvironment(selectedEngine(kindlingHome()))(2);
}

/** A trainer as the application starts it. */
export class TrainerChild {
  readonly #trainer: TrainerProcess;
  #stop = new AbortController();

  private constructor(trainer: TrainerProcess) {
    this.#trainer = trainer;
  }

  static async start(): Promise<TrainerChild> {
    return new TrainerChild(await startWorker(TRAINING, { environment: trainerEnvironment() }));
  }

  get engine(): EngineDescription {
    return this.#trainer.about;
  }

  /** Asks the run in progress to end. */
  stop(): void {
    this.#stop.abort();
  }

  /** Lets it leave, and tells how it did. */
  async leave(): Promise<string | undefined> {
    await this.#trainer.leave();
    return this.#trainer.death()?.message;
  }

  kill(): void {
    this.#trainer.kill();
  }

  async train(specification: RunSpecification, onStart?: () => void): Promise<Training> {
    const said: TrainingProgress[] = [];
    this.#stop = new AbortController();
    const hear = (progress: TrainingProgress): void => {
      said.push(progress);
      if (progress.type === 'started') onStart?.();
    };
    const end = await runOnTrainer(this.#trainer, specification, {
      onProgress: hear,
      signal: this.#stop.signal,
    });
    return { said, end };
  }
}
