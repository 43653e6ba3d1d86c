import { cellText } from '../studies/factor-text.ts';
import type { ApplicationEvent } from './api/events.ts';
import { studyEnding } from './study-ending.ts';

/** What is to be told of a study to somebody who looks elsewhere. */
export interface StudyNews {
  readonly study: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Finds news among events: that a study has ended, unless somebody stopped it, who knows; and before that the first run of each
 * training that fails, as whoever trains hundreds wants to know it then.
 */
export function studyNews(): (event: ApplicationEvent) => StudyNews | null {
  const findFailure = firstFailures();
  return (event) => {
    if (event.type !== 'study ended') return findFailure(event);
    const { study, message, outcome } = event;
    const ending = studyEnding(outcome);
    return ending === 'was stopped' ? null : { study, title: `${study} ${ending}`, body: message };
  };
}

function firstFailures(): (event: ApplicationEvent) => StudyNews | null {
  const told = new Set<string>();
  return (event) => {
    if (event.type !== 'execution') return null;
    const { study, event: change } = event;
    if (change.type === 'study started') told.delete(study);
    if (change.type !== 'run failed' || told.has(study)) return null;
    told.add(study);
    const run = [cellText(change.factors), `seed ${change.seed}`].filter((part) => part !== '').join(', ');
    return { study, title: `${study}: a run failed`, body: `${run}: ${change.failure.message}` };
  };
}
