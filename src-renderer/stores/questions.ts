import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { LayerQuestion } from '../../src-shared/recipes/question.ts';
import { request } from '../connection/request.ts';
import { useLoading } from './loading.ts';

/** The questions about layers that the program has recipes for. */
export const useQuestions = defineStore('questions', () => {
  const questions = shallowRef<readonly LayerQuestion[]>([]);
  const loading = useLoading(async (isLatest) => {
    const described = await request('analysis.questions', {});
    if (isLatest()) questions.value = described;
  });
  return { questions, ...loading };
});
