import type { ForeignRuns, ForeignValue } from '../../../src-shared/imports/foreign-runs.ts';
import { importSettingsSchema, type ImportSettings } from '../../../src-shared/imports/import-settings.ts';
import { type ImportPlan, planImport } from '../../../src-shared/imports/plan-import.ts';

/** A table as CSV is read: its columns, then the values of each row. */
export function foreignTable(text: string): ForeignRuns {
  const [head = '', ...rows] = text.trim().split('\n');
  const names = head.split(',').map((name) => name.trim());
  return {
    ...{ format: 'CSV', files: [{ name: 'runs.csv', bytes: text.length }], sha256: text },
    runs: rows.map((row, index) => ({
      place: `row ${index + 2}`,
      values: new Map<string, ForeignValue>(
        row.split(',').map((value, place) => [names[place] ?? '', value]),
      ),
      curves: [],
    })),
    hints: new Map(),
    notes: [],
  };
}

export function planned(text: string, settings: Partial<ImportSettings> = {}): ImportPlan {
  return planImport(foreignTable(text), importSettingsSchema.parse(settings), 'sample');
}
