import { decimalSize } from '../../src-shared/numbers.ts';
import type { StoreCheck } from '../../src-shared/contract/api/store-files.ts';
import { counted } from '../../src-shared/counted.ts';

/** `/home/me/kindling.sqlite, 2 studies with 54 runs, 12 MB, format 2` */
export function describeCheck({ file, studies, runs, bytes, version }: StoreCheck): string {
  return `${file}, ${counted(studies, 'study', 'studies')} with ${counted(runs, 'run')}, ${decimalSize(bytes)}, format ${version}`;
}
