import type { NumberedEvent } from '../../../src-shared/contract/api/events.ts';
import type { StudyOutcome } from '../../../src-shared/contract/api/execution.ts';
import type { SavedStudy, StudyListing } from '../../../src-shared/contract/api/studies.ts';
import { engineThere } from '../application/engine-there.ts';
import type { Client } from '../application/client.ts';
import { refused } from '../application/refused.ts';
import { Interrupted } from '../interrupt.ts';
import type { StudyDisplay } from './display.ts';
import { followStudy } from './follow-study.ts';

/**
 * Has an application launch a study and shows its course, to its end.
 *
 * @param launch saves the study and puts it into the queue
 * @throws Problem of the launch and the study; Interrupted if it was cancelled before it began
 */
export async function followToEnd(
  client: Omit<Client, 'close'>,
  display: StudyDisplay,
  launch: () => Promise<SavedStudy>,
): Promise<StudyOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<StudyOutcome>();
  // what comes before the launch is answered, which says the study's name
  const early: NumberedEvent[] = [];
  let hear = (event: NumberedEvent): void => void early.push(event);
  const unsubscribe = client.subscribe((event) => hear(event));
  try {
    const saved = await Promise.race([launch(), client.gone]);
    if (client.host !== null) {
      const there = ['running the study there', (await engineThere(client)) ?? []].flat().join(', ');
      display.line(`${client.host} holds the store: ${there}.`);
    }
    const follow = followStudy(display, saved.change === null ? [] : [saved.change]);
    const tellActivity = activityTeller(display);
    let wasPreparing = false;
    const notStarted = (): string =>
      wasPreparing
        ? 'stopped before it started: no run was begun, and the engine computes as before.'
        : 'stopped before it started.';
    hear = ({ sequence, event }) => {
      // of an execution before this one
      if (sequence <= saved.sequence) return;
      if (event.type === 'execution' && event.study === saved.name) follow(event.event);
      else if (event.type === 'study' && event.study.name === saved.name) {
        wasPreparing ||= event.study.preparation !== null;
        if (tellActivity(event.study) === 'over') reject(new Interrupted(notStarted()));
      } else if (event.type === 'study ended' && event.study === saved.name) {
        if (event.outcome !== null) resolve(event.outcome);
        else if (event.failure !== null) reject(refused(event.failure));
      }
    };
    for (const event of early) hear(event);
    if (client.host !== null && saved.activity === 'queued') {
      display.line(`${saved.name} is queued, position ${saved.place ?? 1}`);
    }
    return await Promise.race([promise, client.gone]);
  } finally {
    unsubscribe();
  }
}

/** Tells what others do with a study, and whether it is over without having ended. */
function activityTeller(display: StudyDisplay): (study: StudyListing) => 'over' | 'going on' {
  let before: StudyListing['activity'] = 'idle';
  return ({ name, activity, progress }) => {
    if (activity === before) return 'going on';
    before = activity;
    if (activity === 'running' && progress === null) display.line(`${name}: checking the data …`);
    if (activity === 'paused') display.line(`${name} is paused in the application; resume it there`);
    return activity === 'idle' ? 'over' : 'going on';
  };
}
