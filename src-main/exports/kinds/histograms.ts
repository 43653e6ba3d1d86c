import { defineExport } from '../export-kind.ts';

export const histograms = defineExport({
  name: 'histograms',
  title: 'Histograms over training as CSV',
  about: 'CSV, one row per histogram that was recorded, with its quantiles',
  of: 'runs',
  make: async (store, runs, { onProgress }) =>
    (await import('../runs/histograms-csv.ts')).exportHistogramsCsv(store, runs, onProgress),
});
