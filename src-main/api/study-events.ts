import { assertNever } from '../../src-shared/assert-never.ts';
import type { SchedulerEvent } from '../scheduler/events.ts';
import type { Host } from './host.ts';

/** Turns what the scheduler reports of a study into what the application tells. */
export function tellStudyEvent(
  { changes, listings, emit, emitCells }: Pick<Host, 'changes' | 'listings' | 'emit' | 'emitCells'>,
  study: string,
  event: SchedulerEvent,
): void {
  if (event.type !== 'points saved') emit({ type: 'execution', study, event });
  switch (event.type) {
    case 'study started':
      listings.forget(study);
      // all have them already where the study was saved before
      if (event.changed) emitCells(study);
      changes.touch(event.planned);
      break;
    case 'run claimed':
    case 'run goes on':
    case 'run started':
      changes.touch([event.run]);
      break;
    case 'points saved':
      for (const { run, steps, epochs, histograms = [] } of event.points)
        emit({ type: 'points', run, steps, epochs, histograms: histograms.map(({ step }) => step) });
      break;
    case 'run finished':
    case 'run failed':
    case 'run interrupted':
      listings.recount(study);
      changes.touch([event.run]);
      break;
    case 'seeds decided':
      listings.forget(study);
      changes.touch(event.planned);
      emitCells(study);
      break;
    case 'study preparing':
    case 'trainer starting':
    case 'trainer started':
    case 'engine differs':
    case 'trainer died':
    case 'trouble':
    case 'run phase':
    case 'run progress':
    case 'run epoch':
    case 'machine sampled':
    case 'study progress':
    case 'study stopping':
    case 'study finished':
      break;
    default:
      assertNever(event);
  }
}
