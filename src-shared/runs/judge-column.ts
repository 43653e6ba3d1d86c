import type { Column } from './column.ts';
import { requireColumn } from './resolve-column.ts';

/**
 * Of results on the test part the same on the validation part, after the last epoch like these; of what is not measured
 * there, its accuracy.
 */
const JUDGES: Readonly<Record<string, string>> = {
  testAccuracy: 'validationAccuracy',
  testLoss: 'validationLoss',
  testTop5: 'last.validationTop5',
  testBalancedAccuracy: 'validationAccuracy',
  testMacroF1: 'validationAccuracy',
};

/** By which column the best of cells is chosen whose results in this one are reported; itself unless it is of the test part. */
export function judgeColumn(column: Column): Column {
  const judge = column.key.startsWith('recall.') ? 'validationAccuracy' : JUDGES[column.key];
  return judge === undefined ? column : requireColumn(judge);
}
