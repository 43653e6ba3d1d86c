import { cellText } from '../../../src-shared/charts/cells/measured-cell.ts';
import { counted } from '../../../src-shared/counted.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { meantAttempts } from '../../../src-shared/runs/account.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import type { ReportSubject } from '../report-subject.ts';
import { tableBlock } from '../report-table.ts';
import { paragraphs, type Section } from '../report.ts';

/** The runs that do not count, each with its reason, and attempts that were repeated. */
export function failuresSection({ table, chosen }: ReportSubject): Section {
  const title = 'What failed or is missing';
  const byId = new Map(runsAt(chosen.index, chosen.rows).map((run) => [run.id, run]));
  const rows = table.cells.flatMap((cell) =>
    cell.leftOut.map(({ seed, reason, run }) => [
      ...[cellText(table.varying, cell) || cell.id, String(seed), reason, run],
      failureText(byId.get(run ?? '')),
    ]),
  );
  const repeated = byId.size - meantAttempts([...byId.values()]).length;
  const again =
    repeated === 0
      ? ''
      : `${counted(repeated, 'further attempt')} at the same cell and seed came to no end; the complete one counts.`;
  const { quantity } = table;
  if (rows.length === 0)
    return {
      title,
      blocks: paragraphs([
        `Nothing: every run that the study asks for is complete and has a ${quantity.title}.`,
        again,
      ]),
    };
  return {
    title,
    blocks: [
      tableBlock(
        { columns: ['cell', 'seed', 'reason', 'run', 'message'], rows },
        `${counted(rows.length, 'run')} that ${rows.length === 1 ? 'does' : 'do'} not count.`,
      ),
      ...paragraphs([again]),
    ],
  };
}

function failureText(run: RunRow | undefined): string {
  if (!run?.failure) return '';
  const { message, step } = run.failure;
  return step === null ? message : `${message} (step ${step})`;
}
