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
  /** What a page says of it, which has buttons and fields in the place of commands and their options. */
  readonly fact: string;
  /** Null where no button mends it. */
  readonly offer: Offer | null;

  constructor(
    code: ProblemCode,
    message: string,
    { cause, mistakes = [], fact, offer }: ProblemOptions = {},
  ) {
    super(message, { cause });
    this.name = 'Problem';
    this.code = code;
    this.mistakes = mistakes;
    this.fact = fact ?? message;
    this.offer = offer ?? null;
  }
}

/** What a page offers to do about a failure; the message of the Problem names the command that does the same. */
export interface Offer {
  readonly action: OfferAction;
  /** The data set, the way to install an engine, or the engine, by its name; empty for what is of none. */
  readonly subject: string;
}

export const OFFER_ACTIONS = [
  'download-dataset',
  'add-dataset',
  'install-engine',
  'tune-engine',
  'check-installation',
] as const;
export type OfferAction = (typeof OFFER_ACTIONS)[number];

interface ProblemOptions {
  readonly cause?: unknown;
  readonly mistakes?: readonly Mistake[];
  /** Where a page says it otherwise than the message. */
  readonly fact?: string;
  readonly offer?: Offer;
}

/** A Problem as it travels between threads, processes and the page. */
export interface ProblemContent {
  readonly code: ProblemCode;
  readonly message: string;
  readonly mistakes: readonly Mistake[];
  readonly fact?: string;
  readonly offer?: Offer;
}

export function problemContent({ code, message, mistakes, fact, offer }: Problem): ProblemContent {
  return { code, message, mistakes, ...(fact !== message && { fact }), ...(offer && { offer }) };
}

export function problemOf({ code, message, ...options }: ProblemContent): Problem {
  return new Problem(code, message, options);
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
