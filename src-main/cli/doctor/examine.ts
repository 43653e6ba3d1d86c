import { printJson, printLine } from '../output.ts';
import { checks } from './checks.ts';

export interface Finding {
  readonly name: string;
  /** `missing`: runs cannot work without it. `absent`: only something else cannot. */
  readonly state: 'ok' | 'missing' | 'absent';
  readonly detail: string;
  /** What to type; null when nothing is to be done. */
  readonly fix: string | null;
}

const SIGNS = { ok: 'ok', missing: 'MISSING', absent: '-' } as const;

/** Looks at everything that Kindling needs and prints what it finds; status 1 if something is missing. */
export async function examine(
  options: { readonly json?: boolean },
  store: string | undefined,
): Promise<void> {
  const findings = await Promise.all(checks(store).map((check) => check()));
  if (options.json) printJson(findings);
  else {
    const width = Math.max(...findings.map(({ name }) => name.length));
    for (const { name, state, detail, fix } of findings) {
      printLine(`${SIGNS[state].padEnd(8)} ${name.padEnd(width)}  ${detail}`);
      if (fix !== null) printLine(`${' '.repeat(width + 9)}  -> ${fix}`);
    }
  }
  if (findings.some(({ state }) => state === 'missing')) process.exitCode = 1;
}
