import type { Failure } from '../../../src-shared/contract/trainer-protocol.ts';

const ADVICE: Readonly<Record<Failure['code'], string>> = {
  'loss-not-finite':
    'A lower learning rate, a longer warm-up or batch norm usually helps. Change the study file: the changed cells get new runs.',
  'out-of-memory':
    'Use smaller batches, a smaller network or fewer parallel runs (Settings). Then run the missing runs of the study.',
  'data-invalid':
    'Remove the data set and add it again (Settings, Data sets), then run the missing runs of the study.',
  'network-invalid': 'Correct the field in the study file; complete runs stay.',
  'engine-missing':
    'Install or choose an engine (Settings, Engines), then run the missing runs of the study.',
  'disk-full': 'Free some room, for example by emptying the trash, then run the missing runs of the study.',
  'trainer-died':
    'Run the missing runs of the study: a repeated attempt is a new run. If it dies again, use smaller batches or fewer parallel runs.',
  internal: 'This is a bug in Kindling: please report it with the message above and the study file.',
};

/** What a user can do about a failure. */
export function failureAdvice({ code }: Failure): string {
  return ADVICE[code];
}
