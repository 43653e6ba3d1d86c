import { parse, stringify } from 'yaml';
import { whole } from '../../src-shared/numbers.ts';
import type { ImportPlan } from '../../src-shared/imports/plan-import.ts';
import { mistakeText, remedyTexts } from '../../src-shared/imports/mistake-text.ts';
import { firstMistakes } from '../../src-shared/mistakes/first-mistakes.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { ImportedFile } from '../../src-shared/studies/imported-study.ts';
import type { ContinuedImport } from './continued-import.ts';
import type { ReadImport } from './run-importer.ts';

/** What was imported as what, as the page of its study shows it. */
export function importText({ definition, curves, columns }: ImportPlan): string {
  const { name, imported } = definition;
  const { format, files, factors, seed, metrics, leftOut, notes } = imported;
  const logged = curves.flatMap(({ tag, metric }) => (metric === null ? [] : [[metric, tag] as const]));
  const percent = columns.filter(({ note }) => note === 'in percent').map((column) => column.name);
  return stringify({
    study: name,
    'imported from': format,
    files: files.map(fileText),
    factors,
    seed: seed ?? 'none',
    metrics,
    ...(percent.length > 0 && { 'in percent': percent }),
    ...(logged.length > 0 && { curves: Object.fromEntries(logged) }),
    ...(leftOut.length > 0 && { 'not imported': leftOut }),
    ...(notes.length > 0 && { notes }),
  });
}

/** The same of a study to which runs are added. */
export function continuedText({ before, plan }: ContinuedImport): string {
  const { additions = [] } = plan.definition.imported;
  return stringify({
    ...(parse(before.text) as object),
    'added later': additions.map(({ format, files, runs, notes }) => ({
      runs,
      'imported from': format,
      files: files.map(fileText),
      ...(notes.length > 0 && { notes }),
    })),
  });
}

function fileText({ name, bytes }: ImportedFile): string {
  return `${name} (${bytes} bytes)`;
}

/** Mistakes that an account has. */
const MOST_KEPT = 100;

/** What is, or would be, imported; of runs that continue a study what is new. */
export function importAccount(whole: ImportPlan, continued: ContinuedImport | null = null): ReadImport {
  const { definition, runs, columns, curves, mistakes } = continued?.plan ?? whole;
  const { name, imported } = definition;
  const { format, files, hash } = whole.definition.imported;
  return {
    account: {
      ...{ study: name, format, cells: whole.cells.length, runs: whole.found },
      incomplete: runs.filter(({ state }) => state !== 'complete').length,
      ...{ columns, curves, notes: imported.additions?.at(-1)?.notes ?? imported.notes },
      ...{ mistakes: mistakes.slice(0, MOST_KEPT), mistakeCount: mistakes.length },
      continues: continued
        ? { known: continued.known, added: runs.length, missing: continued.missing }
        : null,
    },
    hash,
    files: files.map((file) => file.name),
  };
}

/** More in a message say nothing that helps. */
const MOST = 20;

/** @throws Problem `data-invalid` with row and column of what is wrong, as far as it is told */
export function requireRight({ account: { mistakes, mistakeCount }, files: names }: ReadImport): void {
  if (mistakeCount === 0) return;
  const more = mistakeCount > MOST ? [`… and ${whole(mistakeCount - MOST)} more.`] : [];
  throw new Problem(
    'data-invalid',
    [
      `Nothing was imported from ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}:`,
      ...mistakes.slice(0, MOST).map(mistakeText),
      ...more,
      ...remedyTexts(mistakes.slice(0, MOST), 'command'),
    ].join('\n'),
    {
      mistakes: firstMistakes(
        mistakes.map(({ place, column, message }) => ({
          path: [place ?? '', column ?? ''].filter(Boolean),
          value: undefined,
          message,
        })),
        mistakeCount,
      ),
    },
  );
}
