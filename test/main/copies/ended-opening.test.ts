import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packCopy } from '../../../src-main/copies/pack-copy.ts';
import { COPY_BEGIN, COPY_END, REPORT_MARK } from '../../../src-main/copies/report-marks.ts';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { startCommand } from '../cli/start-command.ts';
import { importedStudy } from '../reports/report-store.ts';
import { importWhole } from '../store/import-whole.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { REPORTED } from './study-report.ts';

const CELLS = 40;
const SEEDS = 100;

test('of a report that is being opened nothing is left by a cancel or a kill, and then it is opened', async (context) => {
  const folder = temporaryFolder(context);
  const source = openStore(join(folder, 'source.sqlite'), { purpose: 'schedule' });
  const values = Array.from({ length: CELLS }, (_, cell) => Array.from({ length: SEEDS }, () => cell));
  importWhole(source, importedStudy('widths', values));
  const copy = source.studyCopy('widths', 1e9);
  source.close();
  // with a note, and runs that repeat others
  const [first] = copy.runs;
  const runs = copy.runs.map((run) => (run === first ? run : { ...run, retryOf: first?.id ?? '' }));
  const noted = { ...copy.study, note: { text: 'Found.', changedAt: 0 } };
  const packed = await packCopy({ ...copy, study: noted, runs }, REPORTED);
  const report = join(folder, 'told.html');
  writeFileSync(report, `${REPORT_MARK}${COPY_BEGIN}${JSON.stringify(packed)}${COPY_END}</html>`);

  const file = join(folder, 'kindling.sqlite');
  const open = () => startCommand(context, ['study', 'open', report], { KINDLING_HOME: folder });
  const rows = (): unknown[] => {
    const database = connectWriter(file);
    try {
      return ['studies', 'study_notes', 'cells', 'runs'].map((table) =>
        database.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      );
    } finally {
      database.close();
    }
  };
  const isPart = ([studies, notes, cells, written]: unknown[]): boolean =>
    studies === 1 && notes === 1 && cells === CELLS && Number(written) > 0 && Number(written) < runs.length;

  const cancelled = open();
  await cancelled.said(/writing the study/);
  cancelled.kill('SIGINT');
  const { status, stderr } = await cancelled.end;
  assert.equal(status, 130, stderr);
  assert.match(stderr, /stopped; nothing was opened\./);
  assert.deepEqual(rows(), [0, 0, 0, 0]);

  const killed = open();
  await killed.said(/writing the study/);
  killed.kill('SIGKILL');
  await killed.end;
  const left = rows();
  assert.ok(isPart(left), JSON.stringify(left));
  const reader = openStore(file, { purpose: 'read' });
  assert.deepEqual([reader.studies(), reader.runs(), reader.trashed()], [[], [], []]);
  reader.close();

  const { stdout } = await open().end;
  assert.match(stdout, /^widths: 4,000 runs of 40 cells, opened from told\.html\./);
  assert.deepEqual(rows(), [1, 1, CELLS, runs.length]);
});
