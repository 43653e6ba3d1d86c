import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Problem, type ProblemCode } from '../../../src-shared/contract/problem.ts';
import { computingEnvironment } from '../../engine/computing-environment.ts';
import { selectedEngine } from '../../engine/provisioning/installation.ts';
import { lastLines, runCommand } from '../../engine/provisioning/run-command.ts';
import { plainNode } from '../../plain-node.ts';
import type { LikelyClass } from './classify.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

export interface ClassifiedPicture {
  readonly picture: string;
  /** The five most likely, the first one first. */
  readonly classes: readonly LikelyClass[];
}

/** The line that the child prints. */
export type ClassificationAnswer =
  | { readonly pictures: readonly ClassifiedPicture[] }
  | { readonly problem: { readonly code: ProblemCode; readonly message: string } };

/**
 * Runs the published network on pictures, in a process of its own.
 * @param home folder of the engines
 * @param file the published compressed network
 * @throws Problem `engine-missing` or `engine-invalid`, and `data-invalid` for the network or a picture
 */
export async function classifyPictures(
  home: string,
  file: string,
  pictures: readonly string[],
): Promise<readonly ClassifiedPicture[]> {
  const environment = {
    KINDLING_HOME: home,
    ...computingEnvironment(selectedEngine(home), availableParallelism()),
  };
  const { status, stdout, stderr } = await runCommand(plainNode(), [PROGRAM, file, ...pictures], {
    environment,
  });
  if (status !== 0) throw new Error(`the classifying process ended with ${status}\n${lastLines(stderr, 20)}`);
  const answer = JSON.parse(lastLines(stdout, 1)) as ClassificationAnswer;
  if ('problem' in answer) throw new Problem(answer.problem.code, answer.problem.message);
  return answer.pictures;
}
