import { setImmediate } from 'node:timers/promises';
import type { StudyListing, studyRequests } from '../../src-shared/contract/api/studies.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { addSeeds, writeSeeds } from '../../src-shared/studies/add-seeds.ts';
import type { Factors } from '../../src-shared/studies/cell.ts';
import { measuredPeaks } from '../../src-shared/runs/measured-peaks.ts';
import { trainedBefore } from '../../src-shared/runs/trained-before.ts';
import { requireTrained } from '../../src-shared/studies/imported-study.ts';
import { changeText, saveStudy } from '../scheduler/prepare-study.ts';
import { USUAL_LAUNCH } from '../scheduler/study-queue.ts';
import type { Store } from '../store/store.ts';
import { collectStudy, launchStudy } from './collect-studies.ts';
import { exampleStudies } from './examples.ts';
import { expectedStart } from './expected-start.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type StudyHandlers = HandlersOf<
  Pick<
    typeof studyRequests,
    | 'studies.list'
    | 'studies.get'
    | 'studies.save'
    | 'studies.expect'
    | 'studies.resume'
    | 'studies.collect'
    | 'studies.pause'
    | 'studies.cancel'
    | 'studies.addSeeds'
    | 'studies.annotate'
    | 'studies.tag'
    | 'studies.machine'
    | 'studies.trainedBefore'
    | 'studies.peaks'
    | 'studies.examples'
  >
>;

/** The requests about studies and the queue. */
export function studyHandlers(host: Host): StudyHandlers {
  const { queue, listings } = host;
  const listing = (study: string): StudyListing => listings.of(host.store().study(study));
  return {
    'studies.list': () =>
      host
        .store()
        .studies()
        .toReversed()
        .map((study) => listings.of(study)),
    'studies.get': ({ study }) => {
      const record = host.store().study(study);
      const { definition, text, note } = record;
      return { listing: listings.of(record), definition, text, note, cells: host.store().cells(study) };
    },
    'studies.save': async ({ text, fileName, launch, ...how }) => {
      const { study, change } = await save(host, text, fileName);
      const sequence = host.sequence();
      if (launch) await launchStudy(host, study, { ...how, only: null });
      return { ...listing(study), change, sequence };
    },
    'studies.expect': (asked) => expectedStart(host, asked),
    'studies.resume': async ({ study, ...how }) => {
      const { name } = requireTrained(host.store().study(study).definition);
      await launchStudy(host, name, how);
      return listing(name);
    },
    'studies.collect': async ({ study, follows }) => {
      const { name } = requireTrained(host.store().study(study).definition);
      const sequence = host.sequence();
      const isUpToDate = !(await collectStudy(host, name, !follows));
      return { ...listing(name), change: null, sequence, isUpToDate };
    },
    'studies.machine': ({ study }) => host.store().machineSamples(host.store().study(study).name),
    'studies.pause': ({ study }) => {
      const { name } = host.store().study(study);
      queue.pause(name);
      return listing(name);
    },
    'studies.cancel': ({ study, now }) => {
      const { name } = host.store().study(study);
      queue.cancel(name, now);
      return listing(name);
    },
    'studies.addSeeds': async ({ study, count, cells, launch }) => {
      const { name, text, definition } = host.store().study(study);
      const chosen = cells && factorsOf(host.store(), name, cells);
      await save(host, writeSeeds(text, addSeeds(requireTrained(definition), count, chosen)));
      if (launch) await launchStudy(host, name, { ...USUAL_LAUNCH, only: null });
      return listing(name);
    },
    'studies.annotate': ({ study, text, base }) => {
      const saved = host.store().annotateStudy(study, text, base);
      if (saved.isSaved) host.emitStudy(study);
      return saved;
    },
    'studies.tag': ({ study, ...tags }) => {
      host.store().tagStudy(study, tags);
      host.emitStudy(study);
      return listing(study);
    },
    'studies.trainedBefore': () => trainedBefore(host.runIndex()),
    'studies.peaks': ({ engine }) => [...measuredPeaks(host.runIndex(), engine)],
    'studies.examples': exampleStudies,
  };
}

/** The factors of these cells of a study. @throws Problem `not-found` */
function factorsOf(store: Store, study: string, ids: readonly string[]): Factors[] {
  const byId = new Map(store.cells(study).map((cell) => [cell.id, cell.factors]));
  return ids.map((id) => {
    const factors = byId.get(id);
    if (factors) return factors;
    throw new Problem('not-found', `The study "${study}" has no cell "${id}".`);
  });
}

/**
 * Saves a study and tells of it. @returns its name, and what of it has changed, for people
 * @throws Problem of the text, the data and the store, before anything is saved
 */
async function save(
  host: Host,
  text: string,
  fileName = 'The study',
): Promise<{ readonly study: string; readonly change: string | null }> {
  const study = await host.environment.checkStudy(text, fileName);
  const { definition } = study;
  // each step of a study of thousands of cells takes its time: others are answered between them
  await setImmediate();
  const change = saveStudy(host.store(), study);
  host.listings.forget(definition.name);
  await setImmediate();
  host.emitCells(definition.name);
  await setImmediate();
  host.emitStudy(definition.name);
  return { study: definition.name, change: changeText(change) };
}
