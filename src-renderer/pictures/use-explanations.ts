import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { AskedPicture, ExplainedPicture, Explanation } from '../../src-shared/contract/api/pictures.ts';

/** What a network makes of a picture, or why that is not known. */
interface Found {
  readonly explained: ExplainedPicture | null;
  readonly problem: string;
}

/** Who explains pictures, one at a time. */
export interface ExplainingHost {
  readonly explain: (picture: AskedPicture, network: string, explanation: Explanation) => Promise<Found>;
  /** Ends what is on its way, which is then answered with a problem. */
  readonly cancel: () => void;
}

/** Neither found nor a problem while it is on its way. */
export interface Look extends Found {
  /** Whether it is of the explanation that is wanted now: an earlier one stays until it comes. */
  readonly isCurrent: boolean;
}

export interface Explanations {
  readonly lookOf: (picture: ShownPicture, network: string) => Look;
  /** What came first, of the pictures and networks in their order; null before. */
  readonly first: ComputedRef<ExplainedPicture | null>;
  /** Of all pictures by all networks. */
  readonly total: ComputedRef<number>;
  readonly done: ComputedRef<number>;
  /** By the pace so far; null in the beginning. */
  readonly secondsLeft: ComputedRef<number | null>;
  readonly isStopped: Ref<boolean>;
  /** Asks for no more, and for what is on its way to be ended. */
  readonly stop: () => void;
  /** Asks for what is not there. */
  readonly go: () => void;
}

interface ShownPicture {
  /** By which it is known among those that are shown. */
  readonly key: string;
  readonly asked: AskedPicture;
}

interface Answer extends Found {
  readonly explanation: string;
}

interface Asked {
  readonly picture: ShownPicture;
  readonly network: string;
}

const NOTHING: Look = { explained: null, problem: '', isCurrent: false };

/**
 * Pictures are explained one after the other, the first by all networks before the second. What nobody waits for any more,
 * because something else is wanted or the view is gone, is ended.
 */
export function useExplanations(
  host: ExplainingHost,
  pictures: () => readonly ShownPicture[],
  networks: () => readonly string[],
  explanation: () => Explanation,
): Explanations {
  const answers = shallowRef<ReadonlyMap<string, Answer>>(new Map());
  const isStopped = ref(false);
  const isLoading = ref(false);
  const pace = shallowRef({ seconds: 0, pictures: 0 });
  /** What is on its way; null also where it was abandoned and its end is awaited. */
  let current: { readonly key: string; readonly explanation: string } | null = null;
  const wanted = computed(() => JSON.stringify(explanation()));
  const all = computed(() =>
    pictures().flatMap((picture) => networks().map((network): Asked => ({ picture, network }))),
  );
  const missing = computed(() =>
    all.value.filter((asked) => answers.value.get(keyOf(asked))?.explanation !== wanted.value),
  );

  async function load(): Promise<void> {
    if (isLoading.value) return;
    isLoading.value = true;
    for (let next = missing.value[0]; next && !isStopped.value; next = missing.value[0]) {
      const begun = performance.now();
      const asked = { key: keyOf(next), explanation: wanted.value };
      current = asked;
      const found = await host.explain(next.picture.asked, next.network, explanation());
      if (current !== asked) continue;
      current = null;
      const { seconds, pictures: before } = pace.value;
      pace.value = { seconds: seconds + (performance.now() - begun) / 1000, pictures: before + 1 };
      const shown = new Set(all.value.map(keyOf));
      answers.value = new Map(
        [...answers.value, [asked.key, { ...found, explanation: asked.explanation }] as const].filter(
          ([key]) => shown.has(key),
        ),
      );
    }
    isLoading.value = false;
  }

  function abandon(): void {
    if (current === null) return;
    current = null;
    host.cancel();
  }

  function stop(): void {
    isStopped.value = true;
    abandon();
  }

  function isWanted({ key, explanation: asked }: NonNullable<typeof current>): boolean {
    return asked === wanted.value && missing.value.some((other) => keyOf(other) === key);
  }

  function go(): void {
    isStopped.value = false;
    void load();
  }

  watch(missing, () => void load(), { immediate: true });
  watch([pictures, networks, wanted], () => {
    if (current !== null && !isWanted(current)) abandon();
    go();
  });
  onScopeDispose(stop);
  return {
    lookOf: (picture, network) => {
      const answer = answers.value.get(keyOf({ picture, network }));
      return answer ? { ...answer, isCurrent: answer.explanation === wanted.value } : NOTHING;
    },
    first: computed(
      () => all.value.flatMap((asked) => answers.value.get(keyOf(asked))?.explained ?? [])[0] ?? null,
    ),
    total: computed(() => all.value.length),
    done: computed(() => all.value.length - missing.value.length),
    secondsLeft: computed(() => {
      const { seconds, pictures: count } = pace.value;
      return count === 0 ? null : (seconds / count) * missing.value.length;
    }),
    isStopped,
    stop,
    go,
  };
}

function keyOf({ picture, network }: Asked): string {
  return `${picture.key}\n${network}`;
}
