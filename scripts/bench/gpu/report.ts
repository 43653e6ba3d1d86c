import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { duration } from '../../../src-shared/numbers.ts';
import { showSpread, type Spread } from '../shared/spread.ts';
import type { MeasuredFusion } from '../fuse/measured-fusion.ts';
import type { MeasuredSpeed } from '../train/measured-speed.ts';
import { COLUMNS, RATIOS } from '../train/speed-table.ts';
import type { StepOutcome } from './step.ts';

const PAGE = path.join('docs', 'gpu.md');
const MARKED = /(<!-- devices: [^\n]*-->\n).*(<!-- \/devices -->)/s;

/** What was found out with one engine. */
export interface DeviceReport {
  /** e.g. `tensorflow-gpu 2.21.0 on GPU:0 NVIDIA H100` */
  readonly title: string;
  /** Of the graphics driver; null where nothing tells. */
  readonly driver: string | null;
  readonly steps: readonly StepOutcome[];
}

/** Writes the reports where the page on GPUs has those of its last call. */
export async function writePage(root: string, reports: readonly DeviceReport[]): Promise<string> {
  const page = path.join(root, PAGE);
  const before = fs.readFileSync(page, 'utf8');
  if (!MARKED.test(before)) throw new Error(`${PAGE} has no place for the devices`);
  const text = await markdown(reports, page);
  fs.writeFileSync(
    page,
    before.replace(MARKED, (_, start: string, end: string) => `${start}\n${text}\n${end}`),
  );
  return page;
}

/** @param page the file whose style it has */
export async function markdown(reports: readonly DeviceReport[], page: string): Promise<string> {
  const [cpu] = os.cpus();
  const machine = `On ${os.cpus().length} cores of ${cpu?.model.trim() ?? process.arch}, ${os.type()} ${os.release()}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`;
  const text = [machine, ...reports.map(section)].join('\n\n');
  return format(text, { ...(await resolveConfig(page)), filepath: page });
}

function section({ title, driver, steps }: DeviceReport): string {
  const rows = steps.map((step) => [
    step.name,
    step.about,
    resultBeside(step, steps),
    duration(step.seconds),
  ]);
  const measured = steps.filter(({ status }) => status === 0).flatMap((step) => tablesOf(step));
  const heading = `### ${title}${driver === null ? '' : `, driver ${driver}`}`;
  return [heading, table(['step', 'what', 'result', 'time'], rows), ...measured].join('\n\n');
}

/** Of runs that were trained several at once how much faster that was than one at a time, their start included; else what the step says. */
function resultBeside(step: StepOutcome, steps: readonly StepOutcome[]): string {
  const alone = steps.find(({ name }) => name === 'jobs-1');
  const isCompared = step !== alone && step.name.startsWith('jobs-') && step.status === 0;
  if (alone?.status !== 0 || !isCompared) return step.result;
  return `${(alone.seconds / step.seconds).toFixed(2)} times as fast as one at once`;
}

/** What a bench measured; nothing of any other step. */
function tablesOf({ name, about, output }: StepOutcome): string[] {
  const [, json] = /^(\{"cores".*)$/m.exec(output) ?? [];
  if (json === undefined) return [];
  const told = `${about} (${name})`;
  return name === 'fuse' ? fusionTable(told, json) : speedTable(told, json);
}

/** The ratios and images/s beside PyTorch. */
function speedTable(about: string, json: string): string[] {
  const { ratios } = JSON.parse(json) as { ratios: MeasuredSpeed[] };
  const columns = COLUMNS.filter(([, variant]) =>
    ratios.some(({ imagesPerSecond, failures }) => variant in imagesPerSecond || variant in failures),
  );
  const compared = RATIOS.filter(([, ratio]) => ratios.some((each) => ratio(each) !== null));
  const head = ['network', 'batch', ...[...columns, ...compared].map(([title]) => title)];
  const rows = ratios.map((each) => [
    ...[each.network, each.batch],
    ...columns.map(([, variant]) => each.imagesPerSecond[variant] ?? each.failures[variant] ?? ''),
    ...compared.map(([, ratio]) => spreadText(ratio(each))),
  ]);
  const on = [...new Set(ratios.flatMap(({ devices }) => devices))].join(', ');
  return [`${about}, in images/s, on ${on}:`, table(head, rows)];
}

function fusionTable(about: string, json: string): string[] {
  const { results } = JSON.parse(json) as { results: MeasuredFusion[] };
  const rows = results.flatMap(({ network, batch, oneByOne, compared }) =>
    compared.map(({ networks, fusedOverOneByOne, fusedOverTrainers }) => [
      ...[network, batch, networks, oneByOne],
      ...[showSpread(fusedOverOneByOne), showSpread(fusedOverTrainers)],
    ]),
  );
  const head = [
    'network',
    'batch',
    'networks',
    'one by one, images/s',
    'fused / one by one',
    'fused / trainers',
  ];
  return [`${about}:`, table(head, rows)];
}

function spreadText(spread: Spread | null): string {
  return spread === null ? '' : showSpread(spread);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
