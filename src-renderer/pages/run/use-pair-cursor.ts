import { computed, ref, type ComputedRef, type Ref } from 'vue';

/** A square of a confusion matrix: a true and a predicted class, by their numbers. */
export interface Pair {
  readonly truth: number;
  readonly predicted: number;
}

export interface PairCursor {
  /** Null while the matrix does not have the focus. */
  readonly pair: ComputedRef<Pair | null>;
  readonly hasFocus: Ref<boolean>;
  /** The arrows move, Home and End lead to the first and last predicted class. @returns whether the key meant something */
  readonly move: (key: string) => boolean;
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Leads through the squares of a matrix by keyboard, from the one that has most misclassified images. */
export function usePairCursor(counts: () => readonly (readonly number[])[]): PairCursor {
  const hasFocus = ref(false);
  const moved = ref<Pair | null>(null);
  const now = computed(() => moved.value ?? worstPair(counts()));
  const within = (place: number): number => Math.min(Math.max(place, 0), counts().length - 1);
  return {
    pair: computed(() => (hasFocus.value ? now.value : null)),
    hasFocus,
    move: (key) => {
      const step = STEPS[key];
      if (step === undefined) return false;
      const { truth, predicted } = now.value;
      moved.value = { truth: within(truth + step[0]), predicted: within(predicted + step[1]) };
      return true;
    },
  };
}

/** The two different classes of which most images are confused. */
function worstPair(counts: readonly (readonly number[])[]): Pair {
  let [worst, most] = [{ truth: 0, predicted: 0 }, 0];
  for (const [truth, row] of counts.entries())
    for (const [predicted, count] of row.entries())
      if (truth !== predicted && count > most) [worst, most] = [{ truth, predicted }, count];
  return worst;
}
