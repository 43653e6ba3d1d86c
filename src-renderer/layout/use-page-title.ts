import { useTitle } from '@vueuse/core';
import { computed } from 'vue';
import { useRoute, type RouteLocationNormalizedLoaded } from 'vue-router';
import { useRunTable } from '../stores/run-table.ts';
import { useStudies } from '../stores/studies.ts';
import { pageTitle } from './page-title.ts';

/** The title of the tab or window: which study, how far it is, which page. To be called once. */
export function usePageTitle(): void {
  const route = useRoute();
  const studies = useStudies();
  /** The study that the page is about, or else the one that trains. */
  const study = computed(() => {
    const name = text(route.params['study']) ?? text(route.query['study']) ?? studyOfRun(route);
    return name === null
      ? (studies.running ?? null)
      : (studies.studies.find((each) => each.name === name) ?? { name });
  });
  function studyOfRun({ params, query }: RouteLocationNormalizedLoaded): string | null {
    const run = text(params['run']) ?? text(query['run']);
    // pages without a run do not load the table for their title
    return run === null ? null : (useRunTable().byId(run)?.study ?? null);
  }
  const page = computed(() => {
    const { title } = route.meta;
    return typeof title === 'function' ? title(route) : (title ?? null);
  });
  useTitle(computed(() => pageTitle(study.value, page.value)));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
