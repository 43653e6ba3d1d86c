import path from 'node:path';
import { roundedTo } from '../../../src-shared/numbers.ts';
import { counted } from '../../../src-shared/counted.ts';
import type { ForeignCurve, ForeignRun, ForeignValue } from '../../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { decodeEvent, decodeHyperParameters, type SummaryValue } from '../../event-files/event-schema.ts';
import { readRecords } from '../../event-files/read-records.ts';
import { defineReader } from '../reader.ts';

/** Event files as TensorBoard reads them: each folder with some is a run. Scalars and hyperparameters are read. */
export const tensorboard = defineReader({
  title: 'folders of TensorBoard event files',
  claims: ({ files }) => files.some(isEventFile),
  read: ({ name, isFolder, files, bytes }, { onProgress }) => {
    const runs = new Map<string, Logged>();
    const eventFiles = files.filter(isEventFile);
    const folders = new Set(eventFiles.map(folderOf));
    let cut = 0;
    for (const [index, file] of eventFiles.entries()) {
      if (index % 100 === 0) onProgress?.({ phase: `reading ${name}`, share: index / eventFiles.length });
      const { run, part } = placeOf(isFolder ? file : '', folders);
      const logged = runs.get(run) ?? newLogged();
      runs.set(run, logged);
      if (!readEvents(logged, part, bytes(file), file)) cut += 1;
    }
    return {
      format: 'TensorBoard',
      runs: [...runs].map(([run, logged]) => toRun(run === '' ? name : run, logged)),
      hints: new Map(
        [...runs.values()].flatMap(({ settings }) =>
          [...settings.keys()].map((key) => [key, 'setting'] as const),
        ),
      ),
      notes:
        cut === 0
          ? []
          : [
              `${counted(cut, 'event file ends', 'event files end')} within a record: what is before it was read.`,
            ],
    };
  },
});

function isEventFile(file: string): boolean {
  return path.posix.basename(file).includes('tfevents');
}

function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
}

/** Folders that programs make within that of a run: of a part of the data, or of its hyperparameters, called by the time. */
const PART = /^(?:train|training|validation|val|eval|test)$/i;
const TIME = /^\d{9,}(?:\.\d+)?$/;

/** Whose events a file has, and of which part of the data; the part is empty where the folder does not say. */
function placeOf(
  file: string,
  folders: ReadonlySet<string>,
): { readonly run: string; readonly part: string } {
  const folder = folderOf(file);
  const last = path.posix.basename(folder);
  const above = folderOf(folder);
  if (folder !== '' && PART.test(last)) return { run: above, part: last };
  return { run: TIME.test(last) && folders.has(above) ? above : folder, part: '' };
}

interface Logged {
  readonly settings: Map<string, ForeignValue>;
  readonly curves: Map<
    string,
    { readonly steps: number[]; readonly values: number[]; readonly times: number[] }
  >;
  began: number;
}

function newLogged(): Logged {
  return { settings: new Map(), curves: new Map(), began: Infinity };
}

/** @returns whether the file is whole: one that is still written ends within a record */
function readEvents(logged: Logged, part: string, content: Buffer, file: string): boolean {
  const found = readRecords(content);
  for (const record of found.records) {
    const { wall_time: time, step = 0, summary } = decoded(record, file);
    for (const value of summary?.value ?? []) {
      const settings = settingsOf(value);
      for (const [key, setting] of settings) logged.settings.set(key, setting);
      const scalar = settings.length > 0 ? null : scalarOf(value);
      // beside hyperparameters, results are repeated under names of their own
      if (scalar === null || /^_?hparams?_?\//.test(value.tag)) continue;
      const tag = part === '' ? value.tag : `${part}/${value.tag}`;
      const curve = logged.curves.get(tag) ?? { steps: [], values: [], times: [] };
      logged.curves.set(tag, curve);
      curve.steps.push(step);
      curve.values.push(scalar);
      curve.times.push(time);
      logged.began = Math.min(logged.began, time);
    }
  }
  return found.isWhole;
}

function decoded(record: Uint8Array, file: string): ReturnType<typeof decodeEvent> {
  try {
    return decodeEvent(record);
  } catch (error) {
    throw new Problem('data-invalid', `${file} is no event file of TensorBoard.`, { cause: error });
  }
}

function settingsOf({ tag, metadata }: SummaryValue): [string, ForeignValue][] {
  if (tag !== '_hparams_/session_start_info' || !metadata) return [];
  return Object.entries(decodeHyperParameters(metadata.plugin_data.content));
}

/** Also of a tensor without dimensions, as TensorFlow 2 writes scalars; null for all else. */
function scalarOf({ simple_value: value, tensor }: SummaryValue): number | null {
  if (value !== undefined) return shortest(value);
  if (!tensor || (tensor.tensor_shape?.dim ?? []).some(({ size }) => size !== 1)) return null;
  const { float_val: floats = [], double_val: doubles = [], tensor_content: content } = tensor;
  if (floats[0] !== undefined) return shortest(floats[0]);
  if (doubles[0] !== undefined) return doubles[0];
  if (content?.length === 4) return shortest(Buffer.from(content).readFloatLE(0));
  return content?.length === 8 ? Buffer.from(content).readDoubleLE(0) : null;
}

/** The shortest decimal of a 32-bit number: 0.1 was logged, and not 0.10000000149. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = roundedTo(value, digits);
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function toRun(run: string, { settings, curves, began }: Logged): ForeignRun {
  return {
    place: `run ${run}`,
    values: new Map<string, ForeignValue>([['run', run], ...namedValues(run), ...settings]),
    curves: [...curves].map(([tag, { steps, values, times }]): ForeignCurve => {
      const seconds = times.map((time) => time - began);
      return { tag, steps, values, seconds };
    }),
  };
}

/** What the name of a folder says, as people and Kindling write it: `lr=0.1,seed=2`. */
function namedValues(run: string): [string, ForeignValue][] {
  return run.split(/[/,]/).flatMap((part): [string, ForeignValue][] => {
    const [, key, value] = /^([^=]+)=([^=]*)$/.exec(part.trim()) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
}
