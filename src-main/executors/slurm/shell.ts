import { hostname } from 'node:os';
import { type CommandResult, runCommand } from '../../work/run-command.ts';

/** Where the programs of Slurm are. */
export interface Shell {
  /** For messages: the name of the machine. */
  readonly place: string;
  /** @throws Node's ENOENT error where the program does not exist; the signal's reason */
  run(command: readonly string[], signal?: AbortSignal): Promise<CommandResult>;
}

/** A controller that is busy is asked again by Slurm's own programs for some ten seconds. */
export const PATIENCE_MS = 60_000;

export const localShell: Shell = {
  place: hostname(),
  run: ([program = '', ...parameters], signal) =>
    runCommand(program, parameters, { signal, timeout: PATIENCE_MS }),
};
