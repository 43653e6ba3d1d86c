import type { runRequests } from '../../src-shared/contract/api/runs.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type ViewRequests = Pick<typeof runRequests, 'views.list' | 'views.save' | 'views.remove'>;

/** The requests about saved views of the table of runs. */
export function viewHandlers({ store }: Pick<Host, 'store'>): HandlersOf<ViewRequests> {
  return {
    'views.list': () => store().views(),
    'views.save': ({ name, query }) => store().saveView(name, query),
    'views.remove': ({ name }) => {
      store().removeView(name);
      return null;
    },
  };
}
