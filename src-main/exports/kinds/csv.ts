import { defineExport } from '../export-kind.ts';

export const csv = defineExport({
  name: 'csv',
  title: 'Results as CSV',
  about: 'one row per run',
  of: 'runs',
  make: async (store, runs, { all }) =>
    (await import('../runs/export-runs.ts')).exportRunsCsv(store, runs, all ? 'all' : 'varying'),
});
