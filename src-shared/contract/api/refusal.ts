import type { ProblemContent } from '../../mistakes/problem.ts';

/** Why something was not done, as it travels. `bug` stands for an error that nobody expected; its details stay in the host's log. */
export type Refusal = ProblemContent | { readonly code: 'bug'; readonly message: string };
