import { counted } from '../counted.ts';
import type { StudyListing, SubmittedRuns, Workers } from './api/studies.ts';

/** `3 workers running, 2 waiting (Priority)` */
export function workersText({ running, waiting, note }: Workers): string {
  const why = note === null ? '' : ` (${note})`;
  const parts = [
    ...(running > 0 || waiting === 0 ? [`${counted(running, 'worker')} running`] : []),
    ...(waiting > 0 ? [`${running > 0 ? waiting : counted(waiting, 'worker')} waiting for room`] : []),
  ];
  return `${parts.join(', ')}${why}`;
}

/** Where a study is trained that this machine does not train; null for any other. */
export function elsewhereText({
  activity,
  elsewhere,
  progress,
}: Pick<StudyListing, 'activity' | 'elsewhere' | 'progress'>): string | null {
  if (elsewhere === null) return null;
  if (activity !== 'running' || progress === null) return `with ${elsewhere}`;
  const { running, total, workers } = progress;
  // what begins now has not been heard of yet
  const isKnown = workers !== null && workers.running + workers.waiting > 0;
  const who = isKnown ? `, ${workersText(workers)}` : '';
  return `with ${elsewhere}, ${running} of ${counted(total, 'run')} running${who}`;
}

/** @param since as it is to be shown */
export function submittedText(
  { title, folder, runs, running, hosts, ended, collector }: SubmittedRuns,
  since: string,
): string {
  const where = hosts.length === 0 ? '' : ` on ${hosts.slice(0, MOST_HOSTS).join(', ')}`;
  const more = hosts.length > MOST_HOSTS ? ` and ${hosts.length - MOST_HOSTS} more` : '';
  const parts = [
    ...(running > 0 ? [`${running} running${where}${more}`] : []),
    ...(ended > 0 ? [`${ended} ended and not collected`] : []),
  ];
  const states = parts.length === 0 ? 'none has begun' : parts.join(', ');
  const then = collector === null ? '' : `; ${collector}`;
  return `${counted(runs, 'run')} submitted to ${title} since ${since}: ${states} (${folder})${then}`;
}

const MOST_HOSTS = 4;
