import fs from 'node:fs';
import path from 'node:path';
import { counted } from '../../src-shared/counted.ts';
import { describeMachine, today } from '../describe-machine.ts';
import { markedPart, writeMarkedPart } from '../marked-part.ts';
import { type Counts, KINDS, kinds, type Tally } from './kinds.ts';

const PAGE = 'docs/reliability.md';
const PART = 'kills';

const COMMANDS = /^\d+ times by (?<commands>\d+) runs? of the command/m;
const ROW = /^\| (?<what>.+?) +\| (?<done>\d+) +\| (?<underLoad>\d+) +\| (?<found>\d+) +\|$/gm;

export interface Circumstances {
  /** How often the command has run for these counts. */
  readonly commands: number;
  /** Whether homes had disks of their own, which can be full or read-only. */
  readonly hasDisks: boolean;
}

/** What the table has now, to be added to; nothing where it has none. */
export function readTable(root: string): { readonly commands: number; readonly counts: readonly Counts[] } {
  const text = markedPart(fs.readFileSync(path.join(root, PAGE), 'utf8'), PART);
  const commands = COMMANDS.exec(text)?.groups?.['commands'];
  if (commands === undefined) return { commands: 0, counts: [] };
  const rows = [...text.matchAll(ROW)].map(({ groups }) => groups ?? {});
  const counts = kinds.flatMap((kind): Counts[] => {
    const row = rows.find(({ what }) => what === KINDS[kind]);
    if (!row) return [];
    const [done, underLoad, found] = ['done', 'underLoad', 'found'].map((name) => Number(row[name]));
    return [{ kind, done: done ?? 0, underLoad: underLoad ?? 0, found: found ?? 0 }];
  });
  return { commands: Number(commands), counts };
}

/** Writes what was done, and what was found, where the page on reliability has it. */
export async function writeTable(root: string, tally: Tally, circumstances: Circumstances): Promise<void> {
  await writeMarkedPart(path.join(root, PAGE), PART, describe(tally, circumstances));
}

function describe(tally: Tally, { commands, hasDisks }: Circumstances): string {
  const rows = tally
    .rows()
    .map(({ kind, done, underLoad, found }) => `| ${KINDS[kind]} | ${done} | ${underLoad} | ${found} |`);
  return [
    `${tally.total} times by ${counted(commands, 'run')} of the command, the last one on ${today()}, on ${describeMachine()}; something was wrong after ${tally.found} of them.${hasDisks ? '' : ' Disks of their own, which can be full or read-only, need root.'}`,
    '',
    '| what | times | of these under load | something wrong |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
