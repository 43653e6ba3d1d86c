import type { Failure } from '../../../src-shared/contract/trainer-protocol.ts';

const ADVICE: Readonly<Record<Failure['code'], string>> = {
  'loss-not-finite':
    'A lower learning rate, a longer warm-up or batch norm usually helps: change the study file, and its cells get new runs.',
  'out-of-memory':
    'Smaller batches or a smaller network need less; so do fewer jobs at once (Settings). Then run what is missing in the study.',
  'data-invalid':
    'Remove the data set and add it again (Settings, Data sets), then run what is missing in the study.',
  'network-invalid': 'Correct the field in the study file; the runs that are complete stay.',
  'engine-missing': 'Install or choose an engine (Settings, Engines), then run what is missing in the study.',
  'disk-full': 'Free some room, for example by emptying the trash, then run what is missing in the study.',
  'trainer-died':
    'Run what is missing in the study: a further attempt is a new run. If it dies again, use smaller batches or fewer jobs at once.',
  internal: 'This is a bug in Kindling: please report it with the message above and the study file.',
};

/** What a user can do about a failure. */
export function failureAdvice({ code }: Failure): string {
  return ADVICE[code];
}
