import type { studyRequests } from '../../src-shared/contract/api/studies.ts';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { parseStudy } from '../../src-shared/studies/parse-study.ts';
import { saveStudy } from '../scheduler/prepare-study.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

type StudyHandlers = HandlersOf<
  Pick<
    typeof studyRequests,
    'studies.list' | 'studies.get' | 'studies.save' | 'studies.resume' | 'studies.pause' | 'studies.cancel'
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
      const { definition, text } = record;
      return { listing: listings.of(record), definition, text, cells: host.store().cells(study) };
    },
    'studies.save': ({ text, launch }) => {
      const study = save(host, text);
      if (launch) queue.add(study);
      return listing(study);
    },
    'studies.resume': ({ study, retryDiverged }) => {
      const { name } = host.store().study(study);
      queue.add(name, retryDiverged);
      return listing(name);
    },
    'studies.pause': ({ study }) => {
      const { name } = host.store().study(study);
      queue.pause(name);
      return listing(name);
    },
    'studies.cancel': ({ study }) => {
      const { name } = host.store().study(study);
      queue.cancel(name);
      return listing(name);
    },
  };
}

/**
 * Saves a study and tells of it. @returns its name
 * @throws Problem of the text, the data and the store, before anything is saved
 */
function save(host: Host, text: string): string {
  const definition = parseStudy(text, 'The study');
  const description = host.equipment.describeDataset(definition.dataset);
  saveStudy({ store: host.store(), definition, text, dataset: { description } });
  host.listings.forget(definition.name);
  host.emitStudy(definition.name);
  return definition.name;
}
