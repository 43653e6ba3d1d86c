import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import { allIndices } from '../datasets/evaluation-batches.ts';
import type { ChannelStatistics } from '../datasets/normalization.ts';
import type { PreparedDataset } from '../datasets/open-dataset.ts';
import { splitTraining } from '../datasets/split-training.ts';
import { balancedIndices, evaluationSetOf } from './evaluation-set.ts';
import type { EvaluationSet } from './subject.ts';

/** The images of a data set as analyses see them; shared by the runs on it, since they take room. */
export class AnalysisData {
  readonly dataset: PreparedDataset;
  #test: ImagePart | null = null;
  #training: ImagePart | null = null;
  readonly #sets = new Map<string, EvaluationSet>();

  constructor(dataset: PreparedDataset) {
    this.dataset = dataset;
  }

  /** @throws Problem `usage` where there is no image of each class */
  testSet(images: number, statistics: ChannelStatistics): EvaluationSet {
    return this.#set(JSON.stringify(['test', images, statistics]), () => {
      const part = (this.#test ??= this.dataset.readTest());
      const indices = balancedIndices(part, allIndices(part), this.#classes, images);
      return evaluationSetOf(part, indices, statistics);
    });
  }

  /** All images, however many there are of each class. */
  wholeTest(statistics: ChannelStatistics): EvaluationSet {
    const part = (this.#test ??= this.dataset.readTest());
    return evaluationSetOf(part, allIndices(part), statistics);
  }

  /** After the cut of the runs with this share and limit. @throws Problem `usage` where there is no image of each class */
  trainingSet(images: number, statistics: ChannelStatistics, share: number, limit: number): EvaluationSet {
    return this.#cutSet('training', images, statistics, share, limit);
  }

  /** What that cut keeps for validation. @throws Problem `usage` where there is no image of each class */
  validationSet(images: number, statistics: ChannelStatistics, share: number): EvaluationSet {
    return this.#cutSet('validation', images, statistics, share, 0);
  }

  #cutSet(
    side: 'training' | 'validation',
    images: number,
    statistics: ChannelStatistics,
    share: number,
    limit: number,
  ): EvaluationSet {
    if (this.dataset.description.trainingCount === 0)
      throw new Problem(
        'usage',
        `The pictures of ${this.dataset.description.source} are only looked at, and have no training part: this needs a data set.`,
      );
    return this.#set(JSON.stringify([side, images, statistics, share, limit]), () => {
      this.#training ??= this.dataset.readTraining();
      const among = splitTraining(this.#training, this.#classes, share, limit)[side].toSorted();
      const indices = balancedIndices(this.#training, among, this.#classes, images);
      return evaluationSetOf(this.#training, indices, statistics);
    });
  }

  get #classes(): number {
    return this.dataset.description.classes.length;
  }

  #set(key: string, make: () => EvaluationSet): EvaluationSet {
    const set = this.#sets.get(key) ?? make();
    if (set.count === 0)
      throw new Problem(
        'usage',
        `An evaluation set has the same number of images of each of the ${this.#classes} classes: use more images, or add images to the classes of ${this.dataset.folder} that have none.`,
      );
    this.#sets.set(key, set);
    return set;
  }
}
