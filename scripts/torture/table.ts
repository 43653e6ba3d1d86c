import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { duration } from '../../src-shared/numbers.ts';
import { KINDS, type Tally } from './kinds.ts';

const PAGE = 'docs/reliability.md';
const MARKED = /(<!-- kills: [^\n]*-->\n).*(<!-- \/kills -->)/s;

export interface Circumstances {
  readonly seconds: number;
  /** Whether homes had disks of their own, which can be full or read-only. */
  readonly hasDisks: boolean;
}

/** Writes what was done, and what was found, where the page on reliability has it. */
export async function writeTable(root: string, tally: Tally, circumstances: Circumstances): Promise<void> {
  const page = path.join(root, PAGE);
  const before = fs.readFileSync(page, 'utf8');
  if (!MARKED.test(before)) throw new Error(`${PAGE} has no place for the table of kills`);
  const text = describe(tally, circumstances);
  const after = before.replace(MARKED, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`);
  fs.writeFileSync(page, await format(after, { ...(await resolveConfig(page)), filepath: page }));
}

function describe(tally: Tally, { seconds, hasDisks }: Circumstances): string {
  const rows = tally
    .rows()
    .map(({ kind, done, underLoad, found }) => `| ${KINDS[kind]} | ${done} | ${underLoad} | ${found} |`);
  const [cpu] = os.cpus();
  return [
    `${tally.total} times in ${duration(seconds)}, ${new Date().toISOString().slice(0, 10)}, on ${os.cpus().length} cores of ${cpu?.model.trim() ?? process.arch}, ${os.type()} ${os.release()}, Node ${process.versions.node}; something was wrong after ${tally.found} of them.${hasDisks ? '' : ' Disks of their own, which can be full or read-only, need root.'}`,
    '',
    '| what | times | of these under load | something wrong |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
