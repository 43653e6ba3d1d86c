import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ImportAccount, importRequests, SentFile } from '../../src-shared/contract/api/imports.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { counted } from '../../src-shared/counted.ts';
import type { ImportPlan } from '../../src-shared/imports/plan-import.ts';
import { importText, requireRight } from '../run-files/describe-import.ts';
import { planImportInThread } from '../run-files/import-in-thread.ts';
import { plainName } from '../files/plain-name.ts';
import type { Store } from '../store/store.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';

type ImportHost = Pick<Host, 'store' | 'tasks' | 'emit' | 'readOnly' | 'storeFile' | 'listings'>;

/** The requests about runs that another program trained. */
export function importHandlers(host: ImportHost): HandlersOf<typeof importRequests> {
  return { 'runs.import': (parameters) => startImport(host, parameters) };
}

function startImport(
  { store, tasks, emit, listings }: ImportHost,
  { files: typed, settings, dryRun }: CheckedParametersOf<'runs.import'>,
): Task<ImportAccount> {
  const paths = typed.flatMap((file) => (typeof file === 'string' ? [hostPath(file)] : []));
  const sent = typed.filter((file) => typeof file !== 'string');
  const names = [...paths, ...sent.map(({ name }) => name)];
  return tasks.start({
    title: `${dryRun ? 'Read' : 'Import'} runs from ${names.length === 1 ? (names[0] ?? '') : counted(names.length, 'file')}`,
    subject: 'import of runs',
    work: async ({ signal, report }) => {
      const onProgress = (phase: string): void => report({ phase, share: null });
      const plan = await withSentFiles(sent, (files) =>
        planImportInThread({ files: [...paths, ...files], settings }, { signal, onProgress }),
      );
      const known = store().findImport(plan.definition.imported.hash);
      const account = accountOf(plan, known?.study ?? null);
      const { study, runs, cells, incomplete } = account;
      if (dryRun)
        return { message: `${counted(runs, 'run')} of ${counted(cells, 'cell')}.`, result: account };
      requireRight(plan);
      if (known) {
        const where = known.isTrashed ? ', which is in the trash' : '';
        return {
          message: `This was imported before, as the study ${study}${where}; nothing was imported.`,
          result: account,
        };
      }
      onProgress('writing');
      save(store(), plan, settings.dataset);
      listings.forget(study);
      emit({ type: 'reload' });
      const aside = incomplete === 0 ? '' : `, ${incomplete} of which do not count`;
      return {
        message: `${study}: ${counted(runs, 'run')} of ${counted(cells, 'cell')}${aside}, from ${account.format}.`,
        result: account,
      };
    },
  });
}

/** Files that were sent are read like those of the host, and are gone afterwards. */
async function withSentFiles<Result>(
  sent: readonly SentFile[],
  read: (files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if (sent.length === 0) return read([]);
  const folder = await mkdtemp(path.join(tmpdir(), 'kindling-import-'));
  try {
    const files: string[] = [];
    // two may have the same name, and another system's may have backslashes
    for (const [index, { name, base64 }] of sent.entries()) {
      const own = path.join(folder, String(index));
      await mkdir(own);
      files.push(path.join(own, plainName(path.basename(name.replaceAll('\\', '/')))));
      await writeFile(files[index] ?? '', Buffer.from(base64, 'base64'));
    }
    return await read(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function save(store: Store, plan: ImportPlan, dataset: string): void {
  const { definition, cells, runs } = plan;
  store.importStudy({ definition, text: importText(plan), dataset, cells, runs });
}

const MOST_MISTAKES = 100;

function accountOf(
  { definition, cells, runs, found, columns, curves, mistakes }: ImportPlan,
  known: string | null,
): ImportAccount {
  const { name, imported } = definition;
  return {
    ...{ study: known ?? name, isKnown: known !== null, format: imported.format },
    ...{
      cells: cells.length,
      runs: found,
      incomplete: runs.filter(({ state }) => state !== 'complete').length,
    },
    ...{
      columns,
      curves,
      mistakes: mistakes.slice(0, MOST_MISTAKES),
      mistakeCount: mistakes.length,
      notes: imported.notes,
    },
  };
}
