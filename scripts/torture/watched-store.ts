import fs from 'node:fs';
import path from 'node:path';
import { fileChecksum } from '../../src-main/files/file-checksum.ts';
import { checkStore } from '../../src-main/store/check-store.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import type { Store } from '../../src-main/store/store.ts';
import { FAILED_FROM_OUTSIDE } from '../../src-shared/studies/can-go-on.ts';
import type { RunRecord } from '../../src-shared/studies/run-record.ts';
import { differences, finishedRuns } from './finished-runs.ts';

/**
 * When runs ended that did not come to their end, in milliseconds since 1970: what their trainers told just before they died may not have
 * been heard.
 */
export type Ends = ReadonlyMap<string, number>;

/** The last step of each run that the application was told long enough ago to have it recorded. */
export type ToldInTime = (ends: Ends) => ReadonlyMap<string, number>;

/** A store whose application was killed, and what is known of it from before. */
export class WatchedStore {
  readonly #file: string;
  readonly #study: string;
  #finished: ReturnType<typeof finishedRuns> = new Map();

  constructor(file: string, study: string) {
    this.#file = file;
    this.#study = study;
  }

  /** How many runs were complete when it was looked at last. */
  get finished(): number {
    return this.#finished.size;
  }

  /**
   * Beside an application that goes on.
   * @returns what is wrong
   */
  async look(toldInTime: ToldInTime): Promise<string[]> {
    if (!fs.existsSync(this.#file)) return [];
    checkStore(this.#file);
    const store = openStore(this.#file, { purpose: 'read' });
    try {
      if (store.findStudy(this.#study) === null) return [];
      const told = toldInTime(endsOf(store.runs({ study: this.#study })));
      return [...lostPoints(store, told), ...(await this.#compareFinished(store))];
    } finally {
      store.close();
    }
  }

  /** The same where nobody schedules, as the next start finds it. */
  async open(toldInTime: ToldInTime): Promise<string[]> {
    const wrong = await this.look(toldInTime);
    if (!fs.existsSync(this.#file)) return wrong;
    const store = openStore(this.#file, { purpose: 'schedule' });
    try {
      if (store.findStudy(this.#study) === null) return wrong;
      return [...wrong, ...store.runs({ study: this.#study }).flatMap((run) => falseState(run))];
    } finally {
      store.close();
    }
  }

  async #compareFinished(store: Store): Promise<string[]> {
    const wrong: string[] = [];
    const now = finishedRuns(store, this.#study);
    for (const [run, parts] of this.#finished) {
      const changed = differences(parts, now.get(run) ?? new Map());
      if (changed.length > 0)
        wrong.push(`of the finished run ${run} something has changed: ${changed.join(', ')}`);
    }
    for (const run of now.keys()) if (!this.#finished.has(run)) wrong.push(...(await wrongFiles(store, run)));
    this.#finished = now;
    return wrong;
  }
}

function endsOf(runs: readonly RunRecord[]): Ends {
  return new Map(
    runs.flatMap(({ id, state, endedAt }) =>
      state === 'complete' || endedAt === null ? [] : [[id, Date.parse(endedAt)]],
    ),
  );
}

function lostPoints(store: Store, told: ReadonlyMap<string, number>): string[] {
  return [...told].flatMap(([run, step]) => {
    const kept = store.series(run).steps.at(-1)?.step ?? 0;
    return kept < step ? [`of run ${run} step ${step} was told and is lost: the last one is ${kept}`] : [];
  });
}

async function wrongFiles(store: Store, run: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const { file, sha256 } of store.artifacts(run)) {
    const place = path.join(store.runFolder(run), file);
    if (!fs.existsSync(place) || (await fileChecksum(place, 'sha256')) !== sha256)
      wrong.push(`${place} of the finished run ${run} is not what was recorded`);
  }
  return wrong;
}

/** What no run can be in that nobody trains. */
function falseState({ id, state, failure, startedAt, endedAt }: RunRecord): string[] {
  if (state === 'running' || state === 'cancelled') return [`run ${id} is ${state}`];
  if (state === 'failed' && failure !== null && !FAILED_FROM_OUTSIDE.has(failure.code))
    return [`run ${id} failed: ${failure.code}: ${failure.message}`];
  if (state === 'interrupted' && (startedAt === null || endedAt === null))
    return [`run ${id} is interrupted without having begun or ended`];
  return [];
}
