import type { TestContext } from 'node:test';
import { reportSetting as settingOf } from '../../../src-main/reports/report-setting.ts';
import type { ReportSetting } from '../../../src-main/reports/report-subject.ts';
import type { ImportedStudyInput, Store } from '../../../src-main/store/store.ts';
import { HOSTILE_NOTE } from '../../fixtures/hostile-notes.ts';
import { importWhole } from '../store/import-whole.ts';
import { openedStore } from '../store/opened-store.ts';

/** The filled store of the command line's tests, opened for reports until the test ends. @param fill puts more into it before */
export function reportSetting(
  context: TestContext,
  fill: (store: Store) => void = () => undefined,
): ReportSetting & { readonly folder: string } {
  const { store, folder } = openedStore(context, fill);
  return { ...settingOf(store, folder), folder };
}

/** A name that is marks in HTML, Markdown and LaTeX, and long. */
const HOSTILE = `</script><b>"&'|\\_{$%#^~[x](y)*${'w'.repeat(160)}`;

/** A study of which every name is hostile. @param before what the names begin with */
export function hostileStudy(before = ''): ImportedStudyInput {
  const values = [
    [1, 1.1, 1.3],
    [0.5, null, 0.7],
    [0.8, 0.9, 1],
  ];
  return importedStudy('hostile', values, (cell) => `${before}${HOSTILE}${cell}`);
}

/** The same in a store, with a note that is hostile, too. */
export function addHostileStudy(store: Store, before = ''): void {
  importWhole(store, hostileStudy(before));
  store.annotateStudy('hostile', HOSTILE_NOTE, null);
}

/** A study whose runs were imported, without networks. @param values of its cells by seed; null for a run that failed */
export function importedStudy(
  name: string,
  values: readonly (readonly (number | null)[])[],
  level: (cell: number) => string | number = (cell) => cell,
): ImportedStudyInput {
  const path = 'factor.width';
  return {
    definition: {
      name,
      factors: [path],
      imported: {
        ...{ format: 'CSV', files: [{ name: 'sweep.csv', bytes: 1234 }], hash: `hash of ${name}` },
        ...{ factors: { [path]: 'width' }, seed: 'seed', metrics: { testLoss: 'loss' } },
        ...{ leftOut: ['junk'], notes: ['A note of the import.'] },
      },
    },
    ...{ text: 'imported from: CSV\n', dataset: '', addedTo: null },
    cells: values.map((_, cell) => ({
      ...{ id: `cell-${cell}`, factors: { [path]: level(cell) } },
      ...{ network: null, recipe: null, parameters: null, macs: null },
    })),
    runs: values.flatMap((seeds, cell) =>
      seeds.map((value, seed) => ({
        ...{ cell: `cell-${cell}`, seed, seconds: null, note: '', points: {}, stepsPerEpoch: null },
        state: value === null ? ('failed' as const) : ('complete' as const),
        metrics: value === null ? {} : { testLoss: value },
        failure:
          value === null ? { code: 'failed-elsewhere' as const, message: `It broke: ${HOSTILE}` } : null,
      })),
    ),
  };
}
