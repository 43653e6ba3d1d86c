import { LRUCache } from 'lru-cache';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { BatchThread } from '../datasets/batch-thread.ts';
import { openDataset, type PreparedDataset } from '../datasets/open-dataset.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import type { KeptPictures } from '../datasets/kept-pictures.ts';
import { channelStatistics, type ChannelStatistics } from '../datasets/normalization.ts';
import { splitTraining, type TrainingSplit } from '../datasets/split-training.ts';
import type { Engine } from '../engine/engine.ts';
import { GuardedTraining } from '../engine/guarded-training.ts';
import { operationsFor } from '../engine/precision.ts';
import { createTrainingProgram, programRecipe, type TrainingProgram } from '../engine/training-program.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { NOTHING_OWN, ofOwnNumbers, type Own } from '../../src-shared/studies/in-one-step.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';

export interface CompiledProgram {
  /** Of one network. */
  readonly program: TrainingProgram;
  /** That `guarded` trains. */
  readonly networks: number;
  readonly guarded: GuardedTraining;
}

/** The training part of a data set with its validation cut. */
export interface TrainingData {
  readonly dataset: PreparedDataset;
  readonly part: ImagePart;
  readonly pictures: KeptPictures | null;
  readonly split: TrainingSplit;
  /** Of the training images after the cut. */
  readonly statistics: ChannelStatistics;
}

/**
 * Parameters of all compiled programs that are kept: a study's grid, run seed by seed, comes back to each of its
 * cells. With momentum they take eight bytes each: 512 MiB.
 */
const KEPT_PARAMETERS = 64 * 2 ** 20;

/** What a warm trainer keeps from run to run: the training images, the thread that prepares batches, the compiled programs. */
export class TrainingCache {
  readonly engine: Engine;
  readonly #batchThreads: BatchThread[] = [];
  readonly #programs: LRUCache<string, CompiledProgram>;
  #data: { key: string; data: TrainingData } | null = null;

  constructor(engine: Engine, keptParameters = KEPT_PARAMETERS) {
    this.engine = engine;
    this.#programs = new LRUCache({
      maxSize: keptParameters,
      // a program larger than the limit is kept by itself, as it is the one in use
      sizeCalculation: ({ program, networks }) =>
        Math.min(networks * program.layout.parameterCount, keptParameters),
      dispose: ({ guarded }) => guarded.close(),
    });
  }

  /**
   * The training data, read again only where folder, content or cut differ from those of the last run.
   * @throws Problem as `openDataset` does, and `data-invalid` for a limit beyond the images that there are
   */
  data(folder: string, validationShare: number, trainingLimit: number): TrainingData {
    const dataset = openDataset(folder);
    const { hash, classes } = dataset.description;
    const key = JSON.stringify([folder, hash, validationShare, trainingLimit]);
    if (this.#data?.key !== key) {
      const part = dataset.readTraining();
      const split = splitTraining(part, classes.length, validationShare, trainingLimit);
      requireLimited(split, trainingLimit);
      const statistics = channelStatistics(part, split.training);
      const pictures = dataset.openPictures();
      this.#data = { key, data: { dataset, part, pictures, split, statistics } };
    }
    return this.#data.data;
  }

  /** What prepares the batches of a run. @param place of the run among those that are trained together */
  batchThread(place: number): BatchThread {
    return (this.#batchThreads[place] ??= new BatchThread());
  }

  /**
   * The compiled program of this graph and recipe. It is closed when others were used more lately and there is no room.
   * @param asBytes whether images can be given as bytes; as values in any case where the engine takes nothing else
   * @param beside how many networks it trains side by side, and what each has for itself
   * @throws Problem `engine-invalid` for a precision in which the engine does not train
   */
  prepare(
    graph: Graph,
    recipe: Recipe,
    asBytes: boolean,
    beside: { readonly size: number; readonly own: Own } | null = null,
  ): CompiledProgram {
    const { size: networks, own } = beside ?? { size: 1, own: NOTHING_OWN };
    const { batch } = recipe;
    // what each network has for itself, its batches bring
    const used = { ...programRecipe(recipe), ...ofOwnNumbers(own, () => 0) };
    const fromBytes = asBytes ? this.engine.imagesFromBytes : null;
    const key = JSON.stringify([graph, used, batch, fromBytes === null, networks, own]);
    const known = this.#programs.get(key);
    if (known) return known;
    const operations = operationsFor(this.engine, recipe.precision);
    const programOf = (of: number): TrainingProgram =>
      createTrainingProgram(graph, used, operations, fromBytes, of, of > 1 ? own : NOTHING_OWN);
    const sizes = { training: batch, evaluation: batch };
    const program = programOf(1);
    const trained = networks === 1 ? program : programOf(networks);
    const made = { program, networks, guarded: new GuardedTraining(this.engine, trained, sizes) };
    this.#programs.set(key, made);
    return made;
  }
}

/** A run is recorded with its limit, as the number of images that it was trained on. */
function requireLimited({ training }: TrainingSplit, trainingLimit: number): void {
  if (trainingLimit <= training.length) return;
  throw new Problem(
    'data-invalid',
    `data.trainingLimit is ${trainingLimit}, but only ${training.length} training images are left after the validation part is cut; use a smaller limit, or 0 for all`,
  );
}
