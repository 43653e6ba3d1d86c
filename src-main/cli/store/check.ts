import type { StoreCheck } from '../../../src-shared/contract/api/store-files.ts';
import { removeUnfinishedCopies } from '../../store/backup-store.ts';
import { checkStore } from '../../store/check-store.ts';
import { describeCheck } from '../../store/describe-check.ts';
import { describeDifferences } from '../../store/schema-differences.ts';
import { printJson, printLine } from '../output.ts';

/** Checks a store and says what it holds. Leaves with status 1 where it is not as its format says. @throws Problem */
export function check(file: string, options: { readonly json?: boolean }): void {
  removeUnfinishedCopies(file);
  const checked = checkStore(file);
  const isWhole = checked.differences.length === 0;
  if (options.json) printJson(checked);
  else if (isWhole) printLine(`whole: ${describeCheck(checked)}`);
  else printLine(`readable: ${describeCheck(checked)}`);
  if (isWhole) return;
  sayDifferences(checked);
  process.exitCode = 1;
}

/** Says on the error output where a store is not as its format says. */
export function sayDifferences({ file, differences, version }: StoreCheck): void {
  if (differences.length === 0) return;
  console.error(
    `kindling: another program has changed ${file}: it does not match format ${version} (${describeDifferences(differences)}). ` +
      'It is readable, but without its triggers finished runs can be changed: restore a backup if you have one.',
  );
}
