import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { z } from 'zod';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import {
  type CopiedNumbers,
  type CopiedRuns,
  copiedAnalysesSchema,
  copiedRunsSchema,
  type StudyCopy,
} from '../../src-shared/studies/study-copy.ts';
import { kindlingVersion } from '../kindling-version.ts';
import {
  COPY_FORMAT,
  MOST_UNPACKED,
  PART_NAMES,
  type PackedCopy,
  packedCopySchema,
  type PartName,
  PartsHash,
} from './packed-copy.ts';
import { NUMBER_BYTES, splitNumbers } from './packed-numbers.ts';
import { areHistograms } from '../store/histogram-blob.ts';
import { COPY_BEGIN, COPY_END, REPORT_MARK } from './report-marks.ts';
import { whyUnread } from '../files/read-at-most.ts';

/** No report has more. */
const LARGEST_REPORT = 500e6;

/** Share of the time in which parts are unpacked; after it they are understood. */
const UNPACKING = 0.2;

/** A study as a report holds it, and which report that is. */
export interface ReadCopy {
  readonly copy: StudyCopy;
  readonly from: Omit<OpenedFrom, 'openedAt'>;
}

/**
 * Reads the study that a report holds.
 *
 * @param mostUnpacked bytes of each part; given by tests only
 * @param onProgress is told the share that is read
 * @throws Problem `not-found`, or `data-invalid` that names the file and says what is wrong with it
 */
export function readCopy(
  file: string,
  {
    mostUnpacked = MOST_UNPACKED,
    onProgress = () => undefined,
  }: { readonly mostUnpacked?: number; readonly onProgress?: (share: number) => void } = {},
): ReadCopy {
  const name = path.basename(file);
  const packed = packedIn(name, readReport(file));
  const parts = unpackedParts(name, packed, mostUnpacked, (share) => onProgress(UNPACKING * share));
  const copy = copyOf(name, new Map(parts), (share) => onProgress(UNPACKING + (1 - UNPACKING) * share));
  requireWhole(name, copy);
  const { version, reportedAt, sha256: hash, leftOut } = packed;
  return { copy, from: { file: name, hash, version, reportedAt, leftOut } };
}

function readReport(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_REPORT)
      throw refused(
        path.basename(file),
        `has ${Math.round(size / 1e6)} MB, more than any report of Kindling`,
      );
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('not-found', `${file} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
}

/** The text between the marks, of which the last ones count: they follow all that a person wrote. */
function packedIn(name: string, page: Buffer): PackedCopy {
  const begin = page.lastIndexOf(COPY_BEGIN);
  if (begin < 0) throw without(name, page);
  const end = page.indexOf(COPY_END, begin + COPY_BEGIN.length);
  if (end < 0) throw cutOff(name);
  const content = json(page.toString('utf8', begin + COPY_BEGIN.length, end));
  const { format, version } =
    z.looseObject({ format: z.unknown(), version: z.unknown() }).safeParse(content).data ?? {};
  if (typeof format === 'number' && format > COPY_FORMAT)
    throw refused(
      name,
      `was written by Kindling ${String(version)}, whose reports this version (${kindlingVersion()}) cannot open: update Kindling`,
    );
  const read = packedCopySchema.safeParse(content);
  if (!read.success) throw changed(name);
  return read.data;
}

/** Why a file has no study in it. */
function without(name: string, page: Buffer): Problem {
  if (/\.(md|tex)$/i.test(name))
    return refused(name, 'holds no study: only a report as HTML does. Write that where the study is');
  if (!page.includes(REPORT_MARK)) return refused(name, 'is no report of Kindling, which is a file .html');
  if (!page.subarray(-100).includes('</html>')) return cutOff(name);
  return refused(
    name,
    'holds no study: an earlier version of Kindling wrote it, or the study was too large. Write it again with this version where the study is',
  );
}

function unpackedParts(
  name: string,
  { parts, sha256 }: PackedCopy,
  most: number,
  onProgress: (share: number) => void,
): [PartName, Buffer][] {
  const hash = new PartsHash();
  const done = progressBy(
    PART_NAMES.map((part) => parts[part]?.length ?? 0),
    onProgress,
  );
  const unpacked = PART_NAMES.flatMap((part): [PartName, Buffer][] => {
    const text = parts[part];
    if (text === undefined) return [];
    const bytes = unpack(name, text, most);
    hash.add(part, bytes);
    done(text.length);
    return [[part, bytes]];
  });
  if (hash.text() !== sha256) throw changed(name);
  return unpacked;
}

/** Told after each of several pieces, by their sizes. */
function progressBy(sizes: readonly number[], onProgress: (share: number) => void): (size: number) => void {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  return (size) => {
    done += size;
    onProgress(done / all);
  };
}

function unpack(name: string, base64: string, most: number): Buffer {
  try {
    return zlib.gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw refused(name, `unpacks to more than ${most / 1e6} MB, which no report of Kindling does`);
    throw changed(name);
  }
}

function copyOf(
  name: string,
  parts: ReadonlyMap<PartName, Buffer>,
  onProgress: (share: number) => void,
): StudyCopy {
  const done = progressBy(
    [...parts.values()].map(({ length }) => length),
    onProgress,
  );
  const read = <Content>(part: PartName, schema: z.ZodType<Content>): Content | null => {
    const bytes = parts.get(part);
    if (bytes === undefined) return null;
    const result = schema.safeParse(json(bytes.toString('utf8')));
    if (result.success) {
      done(bytes.length);
      return result.data;
    }
    const [first] = result.error.issues;
    throw unreadable(name, `${part}${first ? `, ${first.path.join('.')}: ${first.message}` : ''}`);
  };
  const numbers = (part: keyof typeof NUMBER_BYTES): CopiedNumbers[] => {
    const bytes = parts.get(part);
    if (bytes === undefined) return [];
    const split = splitNumbers(bytes, NUMBER_BYTES[part]);
    if (split === null) throw unreadable(name, part);
    done(bytes.length);
    return split;
  };
  const runs = read<CopiedRuns>('runs', copiedRunsSchema);
  if (runs === null) throw changed(name);
  return {
    ...runs,
    confusions: numbers('confusions'),
    epochs: numbers('epochs'),
    steps: numbers('steps'),
    histograms: numbers('histograms'),
    analyses: read('analyses', copiedAnalysesSchema) ?? [],
  };
}

/** What refers to something refers to what is there, and nothing is there twice. */
function requireWhole(name: string, { study, cells, runs, ...parts }: StudyCopy): void {
  const require = (isRight: boolean, what: string): void => {
    if (!isRight) throw unreadable(name, what);
  };
  const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  require(study.definition.name === study.name, 'the name of the study');
  require(areDistinct(cells.map(({ id }) => id)), 'its cells');
  require(areDistinct(runs.map(({ id }) => id)), 'the ids of its runs');
  const before = new Set<string>();
  for (const run of runs) {
    const isOwn = run.importedFrom === null;
    const isMeasured = run.testAccuracy !== null && run.endedAt !== null;
    require(run.cell < cells.length, `the cell of run ${run.id}`);
    require(run.retryOf === null || before.has(run.retryOf), `what run ${run.id} repeats`);
    require((run.state === 'failed') === (run.failure !== null), `the failure of run ${run.id}`);
    require(run.state !== 'complete' || !isOwn || isMeasured, `the result of run ${run.id}`);
    require(areDistinct(run.tags), `the tags of run ${run.id}`);
    require(areDistinct(run.artifacts.map(({ kind }) => kind)), `the files of run ${run.id}`);
    before.add(run.id);
  }
  const complete = runs.filter(({ state }) => state === 'complete');
  require(areDistinct(complete.map(({ cell, seed }) => `${cell} ${seed}`)), 'the seeds of its cells');
  for (const part of ['confusions', 'epochs', 'steps', 'histograms'] as const) {
    const all = parts[part] ?? [];
    require(all.every(({ run }) => run < runs.length), part);
    require(areDistinct(all.map(({ run, name: series }) => `${run} ${series}`)), part);
  }
  const isSquare = ({ data }: CopiedNumbers): boolean =>
    Number.isInteger(Math.sqrt(data.length / NUMBER_BYTES.confusions));
  require((parts.confusions ?? []).every(isSquare), 'confusions');
  const isRecorded = ({ name: step, data }: CopiedNumbers): boolean =>
    /^[1-9]\d{0,14}$/.test(step) && areHistograms(data);
  require((parts.histograms ?? []).every(isRecorded), 'histograms');
  const analyses = parts.analyses ?? [];
  require(analyses.every(({ run }) => run < runs.length), 'analyses');
  require(areDistinct(analyses.map(({ run, method, key }) => `${run} ${method} ${key}`)), 'analyses');
}

/** Undefined for what is none. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(name: string, why: string): Problem {
  return new Problem('data-invalid', `${name} ${why}. Nothing was opened.`);
}

function cutOff(name: string): Problem {
  return refused(name, 'is cut off: copy or download it again');
}

function changed(name: string): Problem {
  return refused(
    name,
    'was changed or damaged after Kindling wrote it: its study does not have the SHA-256 that is stated. Get the report again',
  );
}

function unreadable(name: string, what: string): Problem {
  return refused(
    name,
    `holds a study that this version of Kindling (${kindlingVersion()}) cannot read (${what})`,
  );
}
