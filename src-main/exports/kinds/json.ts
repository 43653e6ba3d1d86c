import { defineExport } from '../export-kind.ts';

export const json = defineExport({
  name: 'json',
  title: 'Results as JSON, with provenance',
  about: 'everything',
  of: 'runs',
  make: async (store, runs, { points, onProgress }) =>
    (await import('../runs/export-runs.ts')).exportRunsJson(store, runs, { points, onProgress }),
});
