import { hashText } from '../../src-shared/canonical-hash.ts';
import { useQuery } from '../components/use-query.ts';

/** The parts of the address that say which of several analyses are shown. */
export const ANALYSIS_CHOICE = ['images', 'with'] as const;

export interface AnalysisChoiceHere {
  /** Whether images of this key were chosen. */
  readonly isImages: (key: string) => boolean;
  /** Of this key; with an empty one those of the newest analysis. */
  readonly chooseImages: (key: string) => void;
  /** Whether the settings of this key were chosen for a method. */
  readonly isVariant: (method: string, key: string) => boolean;
  readonly chooseVariant: (method: string, key: string) => void;
}

/**
 * Which of several analyses are shown, kept in the address: `?images=HASH&with=clusters.HASH,probe.HASH`. The pages of the
 * layers hand it on among themselves and to the page of the network.
 */
export function useAnalysisChoice(): AnalysisChoiceHere {
  const { parts, set } = useQuery(ANALYSIS_CHOICE);
  const variants = (): string[] => parts.value.with.split(',').filter(Boolean);
  return {
    isImages: (key) => parts.value.images === digest(key),
    chooseImages: (key) => set({ images: key === '' ? '' : digest(key) }),
    isVariant: (method, key) => variants().includes(`${method}.${digest(key)}`),
    chooseVariant: (method, key) => {
      const others = variants().filter((each) => !each.startsWith(`${method}.`));
      set({ with: [...others, `${method}.${digest(key)}`].join(',') });
    },
  };
}

/** Keys are long. */
function digest(key: string): string {
  return hashText(key).slice(0, 8);
}
