import { LRUCache } from 'lru-cache';
import { openDataset } from '../datasets/open-dataset.ts';
import type { Engine } from '../engine/engine.ts';
import { AnalysisData } from './analysis-data.ts';
import { FeatureMemory } from './feature-memory.ts';
import type { FeatureFiles } from './feature-storage.ts';
import { FeaturePasses } from './feature-passes.ts';
import { openSubject } from './open-subject.ts';
import type { Subject } from './subject.ts';
import type { SubjectSpecification } from './subject-specification.ts';

/** Open runs that are kept, those asked for last: a run and those it is compared with. */
const KEPT = 16;

interface OpenedSubject {
  readonly subject: Subject;
  /** Of the data that it was opened with; null where that is none. */
  readonly hash: string | null;
}

/** Runs stay open from task to task, so that several methods share one pass over the images. */
export class SubjectCache {
  readonly #engine: Engine;
  readonly #pause: () => Promise<void>;
  readonly #storage: FeatureFiles;
  readonly #memory = new FeatureMemory();
  readonly #passes: FeaturePasses;
  readonly #subjects = new LRUCache<string, OpenedSubject>({ max: KEPT });
  #data: { readonly folder: string; readonly data: AnalysisData } | null = null;

  constructor(engine: Engine, pause: () => Promise<void>, storage: FeatureFiles) {
    this.#engine = engine;
    this.#passes = new FeaturePasses(engine);
    this.#pause = pause;
    this.#storage = storage;
  }

  /** @throws Problem as `openSubject` does */
  subject(specification: SubjectSpecification): Subject {
    const key = JSON.stringify(specification);
    // a data set may have been replaced in its folder since a former task
    const isSame = ({ hash }: OpenedSubject): boolean =>
      specification.kind === 'weights' ||
      hash === this.#dataIn(specification.dataset).dataset.description.hash;
    const known = this.#subjects.get(key);
    const opened = known && isSame(known) ? known : this.#open(specification);
    this.#subjects.set(key, opened);
    return opened.subject;
  }

  /** To be called when a task is over, and none of its features are looked at any more. */
  closeForgotten(): void {
    this.#memory.closeForgotten();
  }

  #open(specification: SubjectSpecification): OpenedSubject {
    let hash: string | null = null;
    const subject = openSubject(specification, {
      engine: this.#engine,
      pause: this.#pause,
      memory: this.#memory,
      storage: this.#storage,
      passes: this.#passes,
      data: (folder) => {
        const data = this.#dataIn(folder);
        ({ hash } = data.dataset.description);
        return data;
      },
    });
    return { subject, hash };
  }

  #dataIn(folder: string): AnalysisData {
    const dataset = openDataset(folder);
    const known = this.#data;
    if (known?.folder === folder && known.data.dataset.description.hash === dataset.description.hash)
      return known.data;
    const data = new AnalysisData(dataset);
    this.#data = { folder, data };
    return data;
  }
}
