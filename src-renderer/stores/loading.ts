import { ref, watch, type Ref } from 'vue';
import { messageOf } from '../connection/request.ts';
import { useConnection } from './connection.ts';

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
 */
export function useLoading(work: (isLatest: () => boolean) => Promise<void>): Loading {
  const connection = useConnection();
  const pending = ref(true);
  const problem = ref('');
  let latest = 0;
  async function load(): Promise<void> {
    const mine = ++latest;
    try {
      await work(() => mine === latest);
      if (mine === latest) problem.value = '';
    } catch (error) {
      if (mine === latest) problem.value = messageOf(error);
    } finally {
      if (mine === latest) pending.value = false;
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
