import type { Mistake } from './mistake.ts';

/**
 * An expected failure: something the user can mend. Its message says what was wrong, where, and what to do.
 * The command line prints the message without a stack and leaves with status 1; the API sends code and message.
 * Everything else that is thrown is a bug.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** What exactly is wrong, where what was given can be pointed at; the message says it, too. */
  readonly mistakes: readonly Mistake[];

  constructor(code: ProblemCode, message: string, { cause, mistakes = [] }: ProblemOptions = {}) {
    super(message, { cause });
    this.name = 'Problem';
    this.code = code;
    this.mistakes = mistakes;
  }
}

interface ProblemOptions {
  readonly cause?: unknown;
  readonly mistakes?: readonly Mistake[];
}

/** A Problem as it travels between threads, processes and the page. */
export interface ProblemContent {
  readonly code: ProblemCode;
  readonly message: string;
  readonly mistakes: readonly Mistake[];
}

export function problemContent({ code, message, mistakes }: Problem): ProblemContent {
  return { code, message, mistakes };
}

export function problemOf({ code, message, mistakes }: ProblemContent): Problem {
  return new Problem(code, message, { mistakes });
}

export const PROBLEM_CODES = [
  'study-invalid',
  'network-invalid',
  'data-invalid',
  'data-missing',
  'store-damaged',
  'store-newer',
  'store-busy',
  'engine-missing',
  'engine-invalid',
  'disk-full',
  'out-of-memory',
  'process-died',
  'port-taken',
  'cluster',
  'not-found',
  'usage',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
