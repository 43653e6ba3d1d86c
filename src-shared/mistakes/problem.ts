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
  /** Null where no button mends it. */
  readonly offer: Offer | null;

  constructor(code: ProblemCode, message: string, { cause, mistakes = [], offer }: ProblemOptions = {}) {
    super(message, { cause });
    this.name = 'Problem';
    this.code = code;
    this.mistakes = mistakes;
    this.offer = offer ?? null;
  }

  /** What a page says of it, which has buttons in the place of commands. */
  get fact(): string {
    return this.offer === null ? this.message : this.offer.fact;
  }
}

/** What a page offers to do about a failure; the message of the Problem names the command that does the same. */
export interface Offer {
  readonly action: OfferAction;
  /** The data set, or the way to install an engine, by its name. */
  readonly subject: string;
  /** The message without the command. */
  readonly fact: string;
}

export const OFFER_ACTIONS = ['download-dataset', 'add-dataset', 'install-engine'] as const;
export type OfferAction = (typeof OFFER_ACTIONS)[number];

interface ProblemOptions {
  readonly cause?: unknown;
  readonly mistakes?: readonly Mistake[];
  readonly offer?: Offer;
}

/** A Problem as it travels between threads, processes and the page. */
export interface ProblemContent {
  readonly code: ProblemCode;
  readonly message: string;
  readonly mistakes: readonly Mistake[];
  readonly offer?: Offer;
}

export function problemContent({ code, message, mistakes, offer }: Problem): ProblemContent {
  return { code, message, mistakes, ...(offer && { offer }) };
}

export function problemOf({ code, message, mistakes, offer }: ProblemContent): Problem {
  return new Problem(code, message, { mistakes, ...(offer && { offer }) });
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
