import { setImmediate } from 'node:timers/promises';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ImportAccount, importRequests } from '../../src-shared/contract/api/imports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { requireRight } from '../run-files/describe-import.ts';
import { withRunImporter } from '../run-files/run-importer.ts';
import type { StagedImport, Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import { withSentFiles } from './sent-files.ts';
import type { TaskControl } from './tasks.ts';

type ImportHost = Pick<Host, 'store' | 'tasks' | 'emit' | 'storeFile' | 'listings'>;

/** The requests about runs that another program trained. */
export function importHandlers(host: ImportHost): HandlersOf<typeof importRequests> {
  return { 'runs.import': (parameters) => startImport(host, parameters) };
}

function startImport(
  { store, storeFile, tasks, emit, listings }: ImportHost,
  { files: typed, settings, dryRun }: CheckedParametersOf<'runs.import'>,
): Task<ImportAccount> {
  const paths = typed.flatMap((file) => (typeof file === 'string' ? [hostPath(file)] : []));
  const sent = typed.filter((file) => typeof file !== 'string');
  const names = [...paths, ...sent.map(({ name }) => name)];
  return tasks.start({
    title: `${dryRun ? 'Read' : 'Import'} runs from ${names.length === 1 ? (names[0] ?? '') : counted(names.length, 'file')}`,
    subject: 'import of runs',
    work: (control) =>
      withRunImporter({ signal: control.signal, onProgress: control.report }, async (importer) => {
        const read = await withSentFiles(sent, (files) => importer.read([...paths, ...files], settings));
        const known = store().findImport(read.hash);
        const account = {
          ...read.account,
          study: known?.study ?? read.account.study,
          isKnown: known !== null,
        };
        const { study, runs, cells, incomplete } = account;
        if (dryRun)
          return { message: `${counted(runs, 'run')} of ${counted(cells, 'cell')}.`, result: account };
        requireRight(read);
        if (known) {
          const where = known.isTrashed ? ', which is in the trash' : '';
          return {
            message: `This was imported before, as the study ${study}${where}; nothing was imported.`,
            result: account,
          };
        }
        store().requireFree(study);
        await publish(store, () => importer.stage(storeFile, settings.dataset), control);
        listings.forget(study);
        emit({ type: 'reload' });
        const aside = incomplete === 0 ? '' : `, ${incomplete.toLocaleString('en-US')} of which do not count`;
        return {
          message: `${study}: ${counted(runs, 'run')} of ${counted(cells, 'cell')}${aside}, from ${account.format}.`,
          result: account,
        };
      }),
  });
}

/** Has a study written and then shows it to all, or removes what was written of it. */
async function publish(
  store: () => Store,
  stage: () => Promise<StagedImport>,
  { signal, report }: TaskControl,
): Promise<void> {
  try {
    const staged = await stage();
    signal.throwIfAborted();
    store().publishImport(staged);
  } finally {
    // after a publication there is nothing
    for (let isMore = store().dropSomeStaged(); isMore; isMore = store().dropSomeStaged()) {
      report({ phase: 'removing what was written', share: null });
      await setImmediate();
    }
  }
}
