import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type CommandResult, lastLines } from '../../work/run-command.ts';
import { PATIENCE_MS, type Shell } from './shell.ts';

/**
 * Runs a program of Slurm; what its status means is the caller's to judge.
 * @throws Problem `cluster` where the program is missing or does not answer; the signal's reason
 */
export async function tellSlurm(
  shell: Shell,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<CommandResult> {
  const [program = ''] = command;
  let result: CommandResult;
  try {
    result = await shell.run(command, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw missingProgram(program, shell);
  }
  // what a shell says of a program that it does not find
  if (result.status === 127) throw missingProgram(program, shell);
  if (result.status === null) {
    throw new Problem(
      'cluster',
      `Slurm on ${shell.place} does not answer: \`${program}\` was ended after ${PATIENCE_MS / 1000} s.`,
    );
  }
  return result;
}

/**
 * @returns what it prints
 * @throws Problem `cluster` with what it said where it fails, and that of `tellSlurm`
 */
export async function askSlurm(
  shell: Shell,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const result = await tellSlurm(shell, command, signal);
  if (result.status !== 0) throw refusal(shell, command, result);
  return result.stdout;
}

export function refusal(
  shell: Shell,
  [program = '']: readonly string[],
  { stderr, stdout }: CommandResult,
): Problem {
  const said = lastLines(stderr || stdout, 3).replaceAll(/^\w+: error: /gm, '');
  return new Problem('cluster', `\`${program}\` on ${shell.place} failed: ${said || 'it says nothing'}`);
}

function missingProgram(program: string, { place }: Shell): Problem {
  return new Problem(
    'cluster',
    `\`${program}\` was not found on ${place}: go to a machine that submits jobs to Slurm, often a login node of the cluster.`,
  );
}
