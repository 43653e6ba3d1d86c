import { counted } from '../../src-shared/counted.ts';
import { decimalSize } from '../../src-shared/numbers.ts';
import { existsSync, statSync } from 'node:fs';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import { openStore } from '../store/open-store.ts';
import { typedCommand } from '../typed-command.ts';
import { allWell } from './all-well.ts';

/** Whether the store can be read, beside whoever writes it. */
export function checkStore(file: string): Check {
  if (!existsSync(file)) {
    const message = `no store at ${file} yet`;
    return { name: 'Store', state: 'warning', message, remedy: typedCommand('study run FILE', file) };
  }
  try {
    const store = openStore(file, { purpose: 'read' });
    const studies = store.studies().length;
    store.close();
    return allWell(
      'Store',
      `${file}, ${decimalSize(statSync(file).size)}, ${counted(studies, 'study', 'studies')}`,
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name: 'Store', state: 'missing', message, remedy: 'choose another file with --store' };
  }
}
