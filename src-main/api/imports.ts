import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ImportAccount, importRequests } from '../../src-shared/contract/api/imports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { requireRight } from '../run-files/describe-import.ts';
import { withRunImporter } from '../run-files/run-importer.ts';
import { ADDING_STUDIES, addStudy, type StudyHost } from './add-study.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import { withSentFiles } from './sent-files.ts';

type ImportHost = StudyHost & Pick<Host, 'storeFile'>;

/** The requests about runs that another program trained. */
export function importHandlers(host: ImportHost): HandlersOf<typeof importRequests> {
  return { 'runs.import': (parameters) => startImport(host, parameters) };
}

function startImport(
  host: ImportHost,
  { files: typed, settings, dryRun }: CheckedParametersOf<'runs.import'>,
): Task<ImportAccount> {
  const paths = typed.flatMap((file) => (typeof file === 'string' ? [hostPath(file)] : []));
  const sent = typed.filter((file) => typeof file !== 'string');
  const names = [...paths, ...sent.map(({ name }) => name)];
  return host.tasks.start({
    title: `${dryRun ? 'Read' : 'Import'} runs from ${names.length === 1 ? (names[0] ?? '') : counted(names.length, 'file')}`,
    subject: ADDING_STUDIES,
    work: (control) =>
      withRunImporter({ signal: control.signal, onProgress: control.report }, async (importer) => {
        const read = await withSentFiles(sent, (files) => importer.read([...paths, ...files], settings));
        const known = host.store().findImport(read.hash);
        const study = known?.study ?? read.account.study;
        const account = { ...read.account, study, isKnown: known !== null };
        const { runs, cells, incomplete } = account;
        const what = `${counted(runs, 'run')} of ${counted(cells, 'cell')}`;
        if (dryRun) return { message: `${what}.`, result: account };
        requireRight(read);
        const aside = incomplete === 0 ? '' : `, ${incomplete.toLocaleString('en-US')} of which do not count`;
        return addStudy(
          host,
          {
            ...{ account, known, done: 'imported' },
            require: () => host.store().requireFree(study),
            stage: () => importer.stage(host.storeFile, settings.dataset),
            message: `${study}: ${what}${aside}, from ${account.format}.`,
          },
          control,
        );
      }),
  });
}
