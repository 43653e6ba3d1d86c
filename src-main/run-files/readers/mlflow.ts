import path from 'node:path';
import { parse } from 'yaml';
import type { ForeignCurve, ForeignRun, ForeignValue } from '../../../src-shared/imports/foreign-runs.ts';
import { counted } from '../../../src-shared/counted.ts';
import { NOT_FINITE } from '../../../src-shared/imports/read-value.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { defineReader, type RunSource } from '../reader.ts';

/** MLflow's file store, `mlruns`, or one experiment or run of it. */
export const mlflow = defineReader({
  title: 'folders of MLflow’s file store',
  claims: ({ isFolder, files }) =>
    isFolder && files.some(isMeta) && files.some((file) => partOf(file) !== null),
  read: (source, { onProgress }) => {
    const { files, name } = source;
    const parts = files.flatMap((file) => partOf(file) ?? []);
    const byFolder = Map.groupBy(parts, ({ folder }) => folder);
    const metas = files.filter((file) => isMeta(file) && !isDeleted(file));
    const found = metas.flatMap((file, index) => {
      if (index % 100 === 0) onProgress?.({ phase: `reading ${name}`, share: index / metas.length });
      const meta = metaOf(source, file);
      // experiments have no run_id
      if (typeof meta['run_id'] !== 'string' || meta['lifecycle_stage'] === 'deleted') return [];
      const folder = path.posix.dirname(file);
      return [readRun(source, meta, byFolder.get(folder === '.' ? '' : folder) ?? [])];
    });
    const parents = new Set(found.flatMap(({ parent }) => parent ?? []));
    const runs = found.filter(({ id, run }) => !parents.has(id) || run.curves.length > 0);
    const gone = found.length - runs.length;
    return {
      format: 'MLflow',
      runs: runs.map(({ run }) => run),
      hints: new Map(
        runs.flatMap(({ run }) =>
          [...run.values.keys()].map(
            (key) => [key, key.startsWith('params.') ? 'setting' : 'about'] as const,
          ),
        ),
      ),
      notes:
        gone === 0 ? [] : [`${counted(gone, 'run')} without results, which only hold others, were left out.`],
    };
  },
});

const PARTS = ['params', 'metrics', 'tags'] as const;

function isMeta(file: string): boolean {
  return path.posix.basename(file) === 'meta.yaml';
}

function isDeleted(file: string): boolean {
  return file.startsWith('.trash/') || file.includes('/.trash/');
}

interface Part {
  readonly file: string;
  /** Of the run. */
  readonly folder: string;
  readonly part: (typeof PARTS)[number];
  /** May have slashes. */
  readonly name: string;
}

/** `params`, the folder of the run before it, and the name after it; null for what is in none of them. */
function partOf(file: string): Part | null {
  const pieces = file.split('/');
  const place = pieces.findIndex((piece) => PARTS.some((each) => each === piece));
  const part = PARTS.find((each) => each === pieces[place]);
  if (part === undefined || place === pieces.length - 1) return null;
  return { file, folder: pieces.slice(0, place).join('/'), part, name: pieces.slice(place + 1).join('/') };
}

function metaOf({ name, text }: RunSource, file: string): Readonly<Record<string, unknown>> {
  try {
    return (parse(text(file)) ?? {}) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new Problem('data-invalid', `${name}/${file} is no file of MLflow: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Of `RunStatus`. */
const STATUS: Readonly<Record<number, string>> = {
  1: 'RUNNING',
  2: 'SCHEDULED',
  3: 'FINISHED',
  4: 'FAILED',
  5: 'KILLED',
};

interface FoundRun {
  readonly id: string;
  readonly parent: string | null;
  readonly run: ForeignRun;
}

function readRun(
  source: RunSource,
  meta: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
): FoundRun {
  const id = String(meta['run_id']);
  const valuesOf = (part: Part['part']): [string, string][] =>
    parts.flatMap((each) => (each.part === part ? [[each.name, source.text(each.file).trim()]] : []));
  const tags = new Map(valuesOf('tags'));
  const began = Number(meta['start_time']);
  const ended = meta['end_time'];
  const name = tags.get('mlflow.runName') ?? (typeof meta['run_name'] === 'string' ? meta['run_name'] : id);
  const values: [string, ForeignValue][] = [
    ['run_id', id],
    ['run_name', name],
    ['status', meta['status'] === undefined ? null : (STATUS[Number(meta['status'])] ?? 'UNKNOWN')],
    ['duration', typeof ended === 'number' ? (ended - began) / 1000 : null],
    ...valuesOf('params').map(([key, value]): [string, ForeignValue] => [`params.${key}`, value]),
  ];
  return {
    id,
    parent: tags.get('mlflow.parentRunId') ?? null,
    run: {
      place: `run ${name}`,
      values: new Map(values),
      curves: parts.flatMap(({ part, name: tag, file }) =>
        part === 'metrics' ? [readCurve(source, tag, file, began)] : [],
      ),
    },
  };
}

/** A line for each point: milliseconds since 1970, the value, the step. */
function readCurve({ name, text }: RunSource, tag: string, file: string, began: number): ForeignCurve {
  const points = text(file)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const [time = NaN, value = NaN, step = 0] = line.split(' ').map(numberOf);
      if (Number.isNaN(time))
        throw new Problem(
          'data-invalid',
          `${name}/${file}, line ${index + 1}: it is no point of a metric of MLflow.`,
        );
      return { seconds: (time - began) / 1000, value, step };
    });
  return {
    tag,
    steps: points.map(({ step }) => step),
    values: points.map(({ value }) => value),
    seconds: points.map(({ seconds }) => seconds),
  };
}

/** NaN for whatever is not finite. */
function numberOf(text: string): number {
  return NOT_FINITE.test(text) ? NaN : Number(text);
}
