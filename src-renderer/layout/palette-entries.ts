import { useRouter } from 'vue-router';
import { counted } from '../../src-shared/counted.ts';
import type { DatasetListing } from '../../src-shared/contract/api/datasets.ts';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { datasetPath } from '../stores/dataset-address.ts';
import { useHost } from '../stores/host.ts';
import { useNotices } from '../stores/notices.ts';
import { useSettings } from '../stores/settings.ts';
import { useStudies } from '../stores/studies.ts';
import { useStudyActions } from '../stores/study-actions.ts';
import { isUnderWay, missingRuns } from '../stores/study-state.ts';
import type { PaletteEntry } from './find-entries.ts';
import { NAVIGATION } from './navigation.ts';

const THEMES = [
  { theme: 'light', title: 'Use the light theme' },
  { theme: 'dark', title: 'Use the dark theme' },
  { theme: 'system', title: 'Use the theme of the system' },
] as const;

/**
 * All that the palette can find: the pages, the studies, what can be done with them now, data sets, and runs.
 *
 * @returns a function of the runs and data sets that are loaded, which makes the entries one by one
 */
export function usePaletteEntries(): (
  runs: readonly RunRow[],
  datasets: readonly DatasetListing[],
) => Generator<PaletteEntry> {
  const router = useRouter();
  const studies = useStudies();
  const settings = useSettings();
  const actions = useStudyActions();
  const notices = useNotices();
  const host = useHost();
  const go = (path: string) => () => void router.push(path);

  function* ofStudy(study: StudyListing): Generator<PaletteEntry> {
    const { name } = study;
    const named = encodeURIComponent(name);
    const action = (title: string, about: string, begin: () => void): PaletteEntry => ({
      id: `${title} ${name}`,
      group: 'Actions',
      title: `${title} ${name}`,
      about,
      begin,
    });
    yield action('Compare', 'the cells of the study', go(`/compare?study=${named}`));
    yield action(
      'List the runs of',
      'all runs of the study',
      go(`/runs?filter=${encodeURIComponent(`study:${name}`)}`),
    );
    if (study.importedFrom !== null) return;
    yield action('Look into the layers of', 'layer analysis of the study', go(`/layers?study=${named}`));
    yield action('Duplicate', 'a new study that begins with this one', () => actions.duplicate(name));
    if (host.whyFixed !== '') return;
    if (study.activity === 'running') {
      yield action(
        'Pause',
        'its runs stop after their current step, and go on from it',
        () => void actions.pause(name),
      );
    }
    if (study.activity === 'paused') {
      yield action(
        'Resume',
        `${counted(missingRuns(study), 'run')} to train`,
        () => void actions.resume(name),
      );
    }
    if (study.activity === 'idle' && missingRuns(study) > 0) {
      const missing = counted(missingRuns(study), 'missing run');
      yield action('Run the missing runs of', `${missing} to train`, () => void actions.resume(name));
    }
    if (isUnderWay(study) && study.activity !== 'stopping') {
      yield action('Cancel', 'its running trainings are stopped', () => void actions.cancel(name));
    }
  }

  return function* (runs, datasets) {
    for (const { path, title, about } of NAVIGATION) {
      yield { id: path, group: 'Pages', title, about, begin: go(path) };
    }
    for (const study of studies.studies) {
      yield {
        id: `study ${study.name}`,
        group: 'Studies',
        title: study.name,
        about: study.dataset === '' ? 'study' : `study on ${study.dataset}`,
        begin: go(`/studies/${encodeURIComponent(study.name)}`),
      };
      yield* ofStudy(study);
    }
    for (const { name, state } of datasets) {
      const about = state === 'not added' ? 'data set, not added yet' : 'data set';
      const begin = go(datasetPath(name));
      yield { id: `dataset ${name}`, group: 'Data sets', title: name, about, begin };
    }
    for (const { theme, title } of THEMES) {
      const begin = (): void => void notices.attempt(() => settings.change({ theme }));
      yield { id: title, group: 'Actions', title, about: 'appearance', begin };
    }
    for (const run of runs) {
      const about = `run of ${run.study}, seed ${run.seed}`;
      yield { id: `run ${run.id}`, group: 'Runs', title: run.id, about, begin: go(`/runs/${run.id}`) };
    }
  };
}
