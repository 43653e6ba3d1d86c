import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { examineMachine } from '../../doctor/examine-machine.ts';
import { kindlingHome } from '../../home.ts';
import { printJson, printLine } from '../output.ts';

const SIGNS: Record<Check['state'], string> = { ok: 'ok', missing: 'MISSING', warning: '-' };

/** Looks at everything that Kindling needs and prints what it finds; status 1 if something is missing. */
export async function examine(options: { readonly json?: boolean }, storeFile: string): Promise<void> {
  const checks = await examineMachine(kindlingHome(), storeFile);
  if (options.json) printJson(checks);
  else {
    const width = Math.max(...checks.map(({ name }) => name.length));
    for (const { name, state, message, remedy } of checks) {
      printLine(`${SIGNS[state].padEnd(8)} ${name.padEnd(width)}  ${message}`);
      if (remedy !== null) printLine(`${' '.repeat(width + 9)}  -> ${remedy}`);
    }
  }
  if (checks.some(({ state }) => state === 'missing')) process.exitCode = 1;
}
