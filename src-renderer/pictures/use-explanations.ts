import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { ExplainedPicture, Explanation } from '../../src-shared/contract/api/pictures.ts';
import { messageOf, request } from '../connection/request.ts';
import type { GivenPicture } from './given-picture.ts';

/** What a network makes of a picture, or why that is not known; neither while it is on its way. */
export interface Look {
  readonly explained: ExplainedPicture | null;
  readonly problem: string;
  /** Whether it is of the explanation that is wanted now: an earlier one stays until it comes. */
  readonly isCurrent: boolean;
}

export interface Explanations {
  readonly lookOf: (picture: GivenPicture, network: string) => Look;
  /** What came first, of the pictures and networks in their order; null before. */
  readonly first: ComputedRef<ExplainedPicture | null>;
  /** Of all pictures by all networks. */
  readonly total: ComputedRef<number>;
  readonly done: ComputedRef<number>;
  /** By the pace so far; null in the beginning. */
  readonly secondsLeft: ComputedRef<number | null>;
  readonly isStopped: Ref<boolean>;
  /** Asks for no more; what is on its way still comes. */
  readonly stop: () => void;
  /** Asks for what is not there. */
  readonly go: () => void;
}

interface Answer extends Omit<Look, 'isCurrent'> {
  readonly explanation: string;
}

interface Asked {
  readonly picture: GivenPicture;
  readonly network: string;
}

const NOTHING: Look = { explained: null, problem: '', isCurrent: false };

/** Pictures are explained one after the other, the first by all networks before the second. */
export function useExplanations(
  pictures: () => readonly GivenPicture[],
  networks: () => readonly string[],
  explanation: () => Explanation,
): Explanations {
  const answers = shallowRef<ReadonlyMap<string, Answer>>(new Map());
  const isStopped = ref(false);
  const isLoading = ref(false);
  const pace = shallowRef({ seconds: 0, pictures: 0 });
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
      const answer = await ask(next, explanation());
      const { seconds, pictures: before } = pace.value;
      pace.value = { seconds: seconds + (performance.now() - begun) / 1000, pictures: before + 1 };
      const shown = new Set(all.value.map(keyOf));
      answers.value = new Map(
        [...answers.value, [keyOf(next), answer] as const].filter(([key]) => shown.has(key)),
      );
    }
    isLoading.value = false;
  }

  function go(): void {
    isStopped.value = false;
    void load();
  }

  watch(missing, () => void load(), { immediate: true });
  watch([pictures, networks, wanted], go);
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
    stop: () => void (isStopped.value = true),
    go,
  };
}

async function ask({ picture, network }: Asked, explanation: Explanation): Promise<Answer> {
  const key = JSON.stringify(explanation);
  try {
    const explained = await request('pictures.explain', { network, picture: picture.asked, explanation });
    return { explained, problem: '', explanation: key };
  } catch (error) {
    return { explained: null, problem: messageOf(error), explanation: key };
  }
}

function keyOf({ picture, network }: Asked): string {
  return `${picture.key}\n${network}`;
}
