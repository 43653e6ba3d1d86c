import { runCommand } from './run-command.ts';

/** Milliseconds after which a program that says only its version is taken for hung. */
const PATIENCE = 20_000;

/** The first line that a program writes; null where it is not there, fails or hangs. */
export async function firstLine(program: string, parameters: readonly string[]): Promise<string | null> {
  try {
    const { status, stdout } = await runCommand(program, parameters, { timeout: PATIENCE });
    return status === 0 ? (stdout.split('\n')[0]?.trim() ?? '') : null;
  } catch {
    return null;
  }
}
