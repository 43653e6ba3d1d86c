import { whole } from '../../src-shared/numbers.ts';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ImportAccount, importRequests } from '../../src-shared/contract/api/imports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import { requireRight } from '../run-files/describe-import.ts';
import { type ReadImport, withRunImporter } from '../run-files/run-importer.ts';
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
      withRunImporter(
        host.storeFile,
        { signal: control.signal, onProgress: control.report },
        async (importer) => {
          const read = await withSentFiles(sent, (files) => importer.read([...paths, ...files], settings));
          const known = host.store().findImport(read.hash);
          const account = accountOf(read, known);
          const { study } = account;
          if (dryRun) return { message: dryText(account), result: account };
          requireRight(read);
          return addStudy(
            host,
            {
              ...{ account, done: 'imported' },
              known: account.isKnown ? { isTrashed: known?.isTrashed ?? false } : null,
              require: () => {
                if (account.continues === null) host.store().requireFree(study);
              },
              stage: () => importer.stage(settings.dataset),
              message: doneText(account),
            },
            control,
          );
        },
      ),
  });
}

/** What was read, and whether the store has all of it already. */
function accountOf({ account }: ReadImport, known: { readonly study: string } | null): ImportAccount {
  if (known) return { ...account, study: known.study, isKnown: true, continues: null };
  return { ...account, isKnown: account.continues?.added === 0 && account.mistakeCount === 0 };
}

function foundText({ runs, cells }: ImportAccount): string {
  return `${counted(runs, 'run')} of ${counted(cells, 'cell')}`;
}

function dryText(account: ImportAccount): string {
  const { continues, study, isKnown, mistakeCount } = account;
  const found = foundText(account);
  if (continues === null || isKnown || mistakeCount > 0) return `${found}.`;
  return `${found}: ${counted(continues.known, 'is', 'are')} in the study ${study}, to which ${counted(continues.added, 'run')} would be added.`;
}

function doneText(account: ImportAccount): string {
  const { study, continues, incomplete, format } = account;
  const aside = incomplete === 0 ? '' : `, ${whole(incomplete)} of which do not count`;
  return continues
    ? `${study}: ${counted(continues.added, 'run')} added${aside}, from ${format}; ${counted(continues.known, 'was', 'were')} there already.`
    : `${study}: ${foundText(account)}${aside}, from ${format}.`;
}
