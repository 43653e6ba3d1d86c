import { defineExport } from '../export-kind.ts';

export const points = defineExport({
  name: 'points',
  title: 'All points as CSV',
  about: 'CSV, one row per point',
  of: 'runs',
  make: async (store, runs, { onProgress }) =>
    (await import('../runs/export-runs.ts')).exportPointsCsv(store, runs, onProgress),
});
