/**
 * An expected failure: something the user can mend. Its message says what was wrong, where, and what to do.
 * The command line prints the message without a stack and leaves with status 1; the API sends code and message.
 * Everything else that is thrown is a bug.
 */
export class Problem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Problem';
    this.code = code;
  }
}

export type ProblemCode =
  | 'study-invalid'
  | 'network-invalid'
  | 'data-invalid'
  | 'data-missing'
  | 'store-damaged'
  | 'store-newer'
  | 'store-busy'
  | 'engine-missing'
  | 'engine-invalid'
  | 'disk-full'
  | 'out-of-memory'
  | 'process-died'
  | 'port-taken'
  | 'not-found'
  | 'usage';
