import { storeToRefs } from 'pinia';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { Analysis, AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import { allSeenImages, seenImages, type SeenImages } from '../../src-shared/analysis/seen-images.ts';
import type { AskableMethod } from '../../src-shared/analysis/settings.ts';
import { request } from '../connection/request.ts';
import { useLoading } from '../stores/loading.ts';
import { useMethods } from '../stores/methods.ts';
import { useAnalysisChoice } from './use-analysis-choice.ts';
import { type AnalysisVariant, analysisVariants, tellingSettings } from './analysis-variants.ts';
import { newestAnalyses } from './layer-measures.ts';

export interface RunAnalyses {
  /** All methods there are, in the order in which they are shown. */
  readonly methods: Ref<readonly AskableMethod[]>;
  /** What is known of the run or network, of each method the newest or what the address chooses; of a network that on one choice of images. */
  readonly analyses: Ref<readonly Analysis[]>;
  /** All images on which something is known of a network; none for a run. */
  readonly images: Ref<readonly SeenImages[]>;
  /** The key of those that are shown: at first those of the newest analysis. */
  readonly shownImages: Ref<string>;
  /** What is known by a method on these images, with different settings, the newest first. */
  readonly variantsOf: (method: string) => readonly AnalysisVariant[];
  /** Shows of a method what was found with the settings of this key. */
  readonly chooseVariant: (method: string, key: string) => void;
  /** The settings by which a figure finds an analysis among all that are known. */
  readonly tellingSettings: (analysis: Analysis) => AnalysisSettings;
  /** Whether `analyses` are those of the run that is asked for. */
  readonly isLoaded: Ref<boolean>;
  readonly problem: Ref<string>;
  readonly load: () => Promise<void>;
}

/** What the methods know of the layers of a run or an imported network, by its id. */
export function useRunAnalyses(run: () => string): RunAnalyses {
  const described = useMethods();
  const { methods } = storeToRefs(described);
  const all = shallowRef<readonly Analysis[]>([]);
  const loaded = ref('');
  const choice = useAnalysisChoice();
  const { problem, load } = useLoading(async (isLatest) => {
    const asked = run();
    const known = await request('analysis.results', { runs: [asked] });
    if (isLatest()) [all.value, loaded.value] = [known, asked];
  });
  watch(run, () => void load());
  const images = computed(() => allSeenImages(all.value));
  const shownImages = computed({
    get: () => (images.value.find(({ key }) => choice.isImages(key)) ?? images.value[0])?.key ?? '',
    set: choice.chooseImages,
  });
  const onImages = computed(() =>
    // what was found in the weights alone holds on whatever images
    all.value.filter((each) => (seenImages(each)?.key ?? shownImages.value) === shownImages.value),
  );
  const analyses = computed(() =>
    newestAnalyses(onImages.value).map((newest) => {
      const variants = analysisVariants(onImages.value, newest.method);
      return variants.find(({ key }) => choice.isVariant(newest.method, key))?.analysis ?? newest;
    }),
  );
  return {
    ...{ methods, analyses, images, shownImages, load },
    variantsOf: (method) => analysisVariants(onImages.value, method),
    chooseVariant: choice.chooseVariant,
    tellingSettings: (analysis) => tellingSettings(analysis, all.value),
    isLoaded: computed(() => loaded.value === run() && !described.pending),
    problem: computed(() => described.problem || problem.value),
  };
}
