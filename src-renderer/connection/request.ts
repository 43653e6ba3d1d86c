import type { ParametersOf, RequestName, ResultOf } from '../../src-shared/contract/api/index.ts';
import { Problem, problemOf } from '../../src-shared/mistakes/problem.ts';
import { browserTransport } from './browser-transport.ts';
import { bridge, desktopTransport } from './desktop-transport.ts';

export const transport = bridge ? desktopTransport(bridge) : browserTransport;

/**
 * Asks the host.
 * @throws Problem with the host's message where it refuses; Error where the host cannot be reached or has a bug
 */
export async function request<Name extends RequestName>(
  name: Name,
  parameters: ParametersOf<Name>,
): Promise<ResultOf<Name>> {
  const answer = await transport.send(name, parameters).catch((error: unknown) => {
    throw new Error('Kindling cannot be reached: is it still running?', { cause: error });
  });
  if (answer.ok) return answer.result;
  if (answer.code === 'bug') throw new Error(answer.message);
  throw problemOf(answer);
}

/** What to show of an error. */
export function messageOf(error: unknown): string {
  if (error instanceof Problem) return error.fact;
  return error instanceof Error ? error.message : String(error);
}
