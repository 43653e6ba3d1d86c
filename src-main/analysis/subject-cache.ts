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

/** Runs stay open from task to task, so that several methods share one pass over the images. */
export class SubjectCache {
  readonly #engine: Engine;
  readonly #pause: () => Promise<void>;
  readonly #storage: FeatureFiles;
  readonly #memory = new FeatureMemory();
  readonly #passes: FeaturePasses;
  /** With the hash of the data that each was opened with. */
  readonly #subjects = new LRUCache<string, { readonly subject: Subject; readonly hash: string | null }>({
    max: KEPT,
  });
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
    const hashNow = (): string | null =>
      specification.kind === 'weights' ? null : this.#dataIn(specification.dataset).dataset.description.hash;
    const known = this.#subjects.get(key);
    // a data set may have been replaced in its folder since a former task
    if (known && known.hash === hashNow()) return known.subject;
    const subject = this.#open(specification);
    this.#subjects.set(key, { subject, hash: hashNow() });
    return subject;
  }

  /** To be called when a task is over, and none of its features are looked at any more. */
  closeForgotten(): void {
    this.#memory.closeForgotten();
  }

  #open(specification: SubjectSpecification): Subject {
    return openSubject(specification, {
      engine: this.#engine,
      pause: this.#pause,
      memory: this.#memory,
      storage: this.#storage,
      passes: this.#passes,
      data: (folder) => this.#dataIn(folder),
    });
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
