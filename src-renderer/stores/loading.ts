import { onScopeDispose, ref, watch, type Ref } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import { messageOf } from '../connection/request.ts';
import { useConnection } from './connection.ts';
import { latestOnly } from './latest.ts';

export interface Loading {
  /** Nothing has been loaded yet. */
  readonly pending: Ref<boolean>;
  /** Why the last attempt failed; empty where it did not. */
  readonly problem: Ref<string>;
  /** Loads (again). */
  readonly load: () => Promise<void>;
}

/**
 * Loads when the connection is there, and again whenever the connection says so. What was loaded before stays while
 * loading again; an answer that was overtaken by a later request is dropped by `isLatest`.
 *
 * @param apply brings what was loaded up to date with an event. Answers and events travel apart, so that an answer may
 *   be older than events which came before it: those of the time of loading are applied once more.
 */
export function useLoading(
  work: (isLatest: () => boolean) => Promise<void>,
  apply?: (event: ApplicationEvent) => void,
): Loading {
  const connection = useConnection();
  const pending = ref(true);
  const problem = ref('');
  const begin = latestOnly();
  /** Events since the loading under way began; null while nothing is loaded. */
  let meanwhile: ApplicationEvent[] | null = null;
  if (apply) {
    onScopeDispose(
      connection.listen((event) => {
        meanwhile?.push(event);
        apply(event);
      }),
    );
  }
  async function load(): Promise<void> {
    const isLatest = begin();
    meanwhile ??= [];
    try {
      await work(isLatest);
      if (isLatest()) problem.value = '';
    } catch (error) {
      if (isLatest()) problem.value = messageOf(error);
    } finally {
      if (isLatest()) {
        const missed = meanwhile ?? [];
        meanwhile = null;
        pending.value = false;
        for (const event of missed) apply?.(event);
      }
    }
  }
  watch(
    () => connection.generation,
    (generation) => {
      if (generation > 0) void load();
    },
    { immediate: true },
  );
  return { pending, problem, load };
}
