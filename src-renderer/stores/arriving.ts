import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { analysisKey, type ArrivingAnalysis } from '../../src-shared/analysis/arriving.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** Of those that are stored by now so many stay, until whoever shows them has loaded what is stored. */
const MOST = 60;

/** What analyses that are being computed have found so far, and those that were stored a moment ago; the newest last. */
export const useArriving = defineStore('arriving', () => {
  const analyses = shallowRef<readonly ArrivingAnalysis[]>([]);
  useLoading(
    async (isLatest) => {
      const found = await request('analysis.arriving', {});
      if (isLatest()) analyses.value = found;
    },
    (event) => {
      if (event.type === 'analysis') put(event.analysis);
    },
  );

  function put(analysis: ArrivingAnalysis): void {
    const key = analysisKey(analysis);
    const others = analyses.value.filter((each) => analysisKey(each) !== key);
    analyses.value = analysis.state === 'dropped' ? others : [...others, analysis].slice(-MOST);
  }
  return { analyses };
});
