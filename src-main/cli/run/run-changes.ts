/** What can be done to single runs, as the command calls it. */
export const RUN_CHANGES = {
  cancel: {
    about: 'end runs that train; they go on with a start of their study',
    request: 'runs.cancel',
    done: 'ending after the current step',
    needsHost: true,
  },
  skip: {
    about: 'pass over runs that wait, train or have failed, until they are repeated',
    request: 'runs.skip',
    done: 'skipped',
    needsHost: false,
  },
  first: {
    about: 'have waiting runs of a study that is under way begin before all others',
    request: 'runs.first',
    done: 'first in line',
    needsHost: true,
  },
  repeat: {
    about: 'train runs anew that failed, were cancelled or skipped; of an idle study these alone',
    request: 'runs.repeat',
    done: 'to be trained anew',
    needsHost: true,
  },
  resume: {
    about: 'have runs go on that were interrupted or failed from outside; of an idle study these alone',
    request: 'runs.goOn',
    done: 'to go on',
    needsHost: true,
  },
  delete: {
    about: 'move runs that have ended to the trash, where they count nowhere',
    request: 'runs.trash',
    done: 'in the trash',
    needsHost: false,
  },
  restore: {
    about: 'bring runs back from the trash',
    request: 'runs.restore',
    done: 'restored',
    needsHost: false,
  },
} as const;
export type RunChange = keyof typeof RUN_CHANGES;
