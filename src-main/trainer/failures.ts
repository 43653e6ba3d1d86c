import type { Failure } from '../../src-shared/studies/trainer-protocol.ts';
import { Problem, type ProblemCode } from '../../src-shared/mistakes/problem.ts';

/** A loss that is not finite. */
export class Diverged extends Error {
  /** Steps taken, this one included. */
  readonly step: number;

  constructor(step: number, what: string) {
    super(`${what}; a lower training.learningRate, a warm-up or batch norm may help`);
    this.step = step;
  }
}

const FAILURE_OF_PROBLEM: Readonly<Partial<Record<ProblemCode, Failure['code']>>> = {
  'data-invalid': 'data-invalid',
  'data-missing': 'data-invalid',
  'network-invalid': 'network-invalid',
  'engine-missing': 'engine-missing',
  'engine-invalid': 'engine-missing',
  'disk-full': 'disk-full',
  'out-of-memory': 'out-of-memory',
  'process-died': 'trainer-died',
};

/** The cause of a failed run as the store keeps it. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Diverged) return { code: 'loss-not-finite', message, step: error.step };
  const code = error instanceof Problem ? FAILURE_OF_PROBLEM[error.code] : undefined;
  if (code !== undefined) return { code, message, step: null };
  if (/\bOOM\b|out of memory|resource exhausted|bad_alloc|allocation failed/i.test(message))
    return {
      code: 'out-of-memory',
      message: `not enough memory for this network and batch size (${message}); lower training.batch, or use fewer parallel runs`,
      step: null,
    };
  const stack = error instanceof Error ? error.stack : undefined;
  return { code: 'internal', message: stack ?? message, step: null };
}
