import { duration } from '../../../src-shared/numbers.ts';
import { describeMachine, today } from '../../describe-machine.ts';
import { showSpread } from '../shared/spread.ts';
import { type OperationCounts, operationRows } from '../operations/count-operations.ts';
import type { MeasuredFusion } from '../fuse/measured-fusion.ts';
import { kindRows, type NetworkProfile, notesOf, summaryRows } from '../profile/profile-tables.ts';
import type { MeasuredSpeed } from '../train/measured-speed.ts';
import { notes, ratioText, shownOf } from '../train/speed-table.ts';
import type { StepOutcome } from './step.ts';

/** What was found out with one engine. */
export interface DeviceReport {
  /** e.g. `tensorflow-gpu 2.21.0 on GPU:0 NVIDIA H100` */
  readonly title: string;
  /** Of the graphics driver; null where nothing tells. */
  readonly driver: string | null;
  readonly steps: readonly StepOutcome[];
}

/** What is found out with all engines, in Markdown. */
export function markdown(reports: readonly DeviceReport[]): string {
  return [`On ${describeMachine()}, ${today()}.`, ...reports.map(section)].join('\n\n');
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

/**
 * Of runs that were trained several at once, or given their images in another way, how much faster that was than jobs-1, their start included;
 * else what the step says.
 */
function resultBeside(step: StepOutcome, steps: readonly StepOutcome[]): string {
  const alone = steps.find(({ name }) => name === 'jobs-1');
  const than = step.name.startsWith('images-') ? 'jobs-1' : 'one at once';
  const isCompared = step !== alone && /^(jobs|images)-/.test(step.name) && step.status === 0;
  if (alone?.status !== 0 || !isCompared) return step.result;
  return `${(alone.seconds / step.seconds).toFixed(2)} times as fast as ${than}`;
}

/** What a bench measured; nothing of any other step. */
function tablesOf({ name, about, output }: StepOutcome): string[] {
  const [, json] = /^(\{"cores".*)$/m.exec(output) ?? [];
  if (json === undefined) return [];
  const told = `${about} (${name})`;
  if (name === 'operations') return operationsTable(told, json);
  if (name.startsWith('profile')) return profileTables(told, json);
  return name.startsWith('fuse') ? fusionTable(told, json) : speedTable(told, json);
}

/** The ratios and images/s beside PyTorch. */
function speedTable(about: string, json: string): string[] {
  const { ratios } = JSON.parse(json) as { ratios: MeasuredSpeed[] };
  const { columns, ratios: compared } = shownOf(ratios);
  const head = ['network', 'batch', ...[...columns, ...compared].map(([title]) => title)];
  const rows = ratios.map((each) => [
    ...[each.network, each.batch],
    ...columns.map(([, variant]) => each.imagesPerSecond[variant] ?? each.failures[variant] ?? ''),
    ...compared.map(([, ratio]) => ratioText(ratio(each))),
  ]);
  const on = [...new Set(ratios.flatMap(({ devices }) => devices))].join(', ');
  const told = ratios.flatMap(notes).map((note) => `- ${note}`);
  return [
    `${about}, in images/s, on ${on}:`,
    table(head, rows),
    ...(told.length > 0 ? [told.join('\n')] : []),
  ];
}

function operationsTable(about: string, json: string): string[] {
  const { counted } = JSON.parse(json) as { counted: OperationCounts };
  return [`${about}:`, table(['operation', ...counted.networks], operationRows(counted))];
}

function profileTables(about: string, json: string): string[] {
  const { profiles } = JSON.parse(json) as { profiles: NetworkProfile[] };
  const [summary, kinds] = [summaryRows(profiles), kindRows(profiles)];
  return [
    ...[`${about}:`, table(summary.head, summary.rows)],
    ...[`${about}, by kind of work:`, table(kinds.head, kinds.rows)],
    ...notesOf(profiles),
  ];
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

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
