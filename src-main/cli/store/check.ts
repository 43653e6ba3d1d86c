import { counted } from '../../../src-shared/counted.ts';
import { decimalSize } from '../../../src-shared/decimal-size.ts';
import { checkStore, type StoreCheck } from '../../store/check-store.ts';
import { printJson, printLine } from '../output.ts';
import type { StoreOptions } from '../store.ts';

/** Checks a store and says what it holds. @throws Problem */
export function check(file: string, options: StoreOptions): void {
  const checked = checkStore(file);
  if (options.json) printJson(checked);
  else printLine(`whole: ${describeCheck(checked)}`);
}

/** `/home/me/kindling.sqlite, 2 studies with 54 runs, 12 MB, format 2` */
export function describeCheck({ file, studies, runs, bytes, version }: StoreCheck): string {
  return `${file}, ${studies === 1 ? '1 study' : `${studies} studies`} with ${counted(runs, 'run')}, ${decimalSize(bytes)}, format ${version}`;
}
