import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { ProblemCode } from '../../src-shared/mistakes/problem.ts';

/** 400 and 422: what was sent is wrong; 404: it names what is not there; 409: the machine's state stands in the way. */
const STATUSES: Readonly<Record<ProblemCode | 'bug', number>> = {
  usage: 400,
  'not-found': 404,
  'study-invalid': 422,
  'network-invalid': 422,
  'data-invalid': 422,
  'data-missing': 409,
  'engine-missing': 409,
  'engine-invalid': 409,
  'store-busy': 409,
  'store-damaged': 409,
  'store-newer': 409,
  'disk-full': 409,
  'out-of-memory': 409,
  'process-died': 409,
  'port-taken': 409,
  cluster: 409,
  bug: 500,
};

/** The HTTP status that goes with an answer of the API. */
export function statusOf(answer: Answer<unknown>): number {
  return answer.ok ? 200 : STATUSES[answer.code];
}
