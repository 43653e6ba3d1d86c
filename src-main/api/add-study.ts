import { setImmediate } from 'node:timers/promises';
import type { StagedStudy, Store } from '../store/store.ts';
import type { Host } from './host.ts';
import type { TaskControl, TaskEnd } from './tasks.ts';

/** Of the tasks that add studies from files: one at a time, as each removes what others have left. */
export const ADDING_STUDIES = 'studies from files';

export type StudyHost = Pick<Host, 'store' | 'tasks' | 'emit' | 'listings'>;

/** A study that was read from files, and how it gets into the store. */
export interface ReadStudy<Account> {
  /** What is or would be added; `study` is what it is called here. */
  readonly account: Account & { readonly study: string };
  /** The study that the same files made before, or null. */
  readonly known: { readonly isTrashed: boolean } | null;
  /** What has been done to it then: `imported`. */
  readonly done: string;
  /** Throws a Problem where it cannot be added. */
  readonly require: () => void;
  /** Writes it where nobody sees it. */
  readonly stage: () => Promise<StagedStudy>;
  /** What is said of it once it is there. */
  readonly message: string;
}

/** Adds a study that was read, whole or not at all, unless it is there already. */
export async function addStudy<Account>(
  { store, emit, listings }: StudyHost,
  { account, known, done, require, stage, message }: ReadStudy<Account>,
  control: TaskControl,
): Promise<TaskEnd<Account>> {
  const { study } = account;
  if (known) {
    const where = known.isTrashed ? ', which is in the trash' : '';
    return {
      message: `This was ${done} before, as the study ${study}${where}; nothing was ${done}.`,
      result: account,
    };
  }
  require();
  await publish(store, stage, control);
  listings.forget(study);
  emit({ type: 'reload' });
  return { message, result: account };
}

/** Has a study written and then shows it to all, or removes what was written of it. */
async function publish(
  store: () => Store,
  stage: () => Promise<StagedStudy>,
  { signal, report }: TaskControl,
): Promise<void> {
  try {
    const staged = await stage();
    signal.throwIfAborted();
    store().publishStaged(staged);
  } finally {
    // after a publication there is nothing
    for (let isMore = store().dropSomeStaged(); isMore; isMore = store().dropSomeStaged()) {
      report({ phase: 'removing what was written', share: null });
      await setImmediate();
    }
  }
}
