import { shallowRef, watch, type Ref } from 'vue';
import { OUTCOMES, OUTCOMES_FILE, type Outcome, readOutcomes } from '../../src-shared/analysis/outcomes.ts';
import { request } from '../connection/request.ts';
import { useLoading } from '../stores/loading.ts';

export interface LoadedOutcomes {
  /** Of every test image; null until they are computed. */
  readonly outcomes: Ref<readonly Outcome[] | null>;
  readonly pending: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
}

/** What a run takes the test images for, as far as that has been computed. */
export function useOutcomes(run: () => string): LoadedOutcomes {
  const outcomes = shallowRef<readonly Outcome[] | null>(null);
  const { pending, problem, load } = useLoading(async (isLatest) => {
    const known = await request('analysis.known', { runs: [run()] });
    const own = known.findLast(({ method }) => method === OUTCOMES);
    const found = own && (await request('analysis.file', { ...fileOf(own), file: OUTCOMES_FILE }));
    if (isLatest()) outcomes.value = found ? readOutcomes(new TextDecoder().decode(found.bytes)) : null;
  });
  watch(run, () => void load());
  return { outcomes, pending, problem, load };
}

function fileOf<Known extends { run: string; method: string; settings: unknown }>({
  run,
  method,
  settings,
}: Known): Pick<Known, 'run' | 'method' | 'settings'> {
  return { run, method, settings };
}
