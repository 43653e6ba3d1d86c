import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { pointRows } from '../../../src-main/store/point-rows.ts';
import { runRows } from '../../../src-main/store/run-rows.ts';
import { explaining, explainError } from '../../../src-main/store/sqlite-problem.ts';
import { studyRows } from '../../../src-main/store/study-rows.ts';
import { PROVENANCE, stepPoint, studyInput, temporaryFolder } from './sample-study.ts';

test('a full disk is a Problem, and what was saved before stays', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const database = connectWriter(file);
  context.after(() => database.close());
  migrate(database, MIGRATIONS);
  const store = explaining(
    { ...studyRows(database), ...runRows(database, (run) => `/artifacts/${run}`), ...pointRows(database) },
    file,
  );
  store.saveStudy(studyInput());
  const [cell] = store.cells('sample');
  const [run = ''] = store.addRuns([{ study: 'sample', cell: cell?.id ?? '', seed: 0, retryOf: null }]);
  store.startRun(run, { provenance: PROVENANCE });
  store.appendPoints([{ run, steps: [stepPoint(1)], epochs: [] }]);
  // SQLite then fails as it does when the disk refuses another page
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages + 2}`);
  const many = Array.from({ length: 10_000 }, (_, index) => stepPoint(index + 2));
  assert.throws(() => store.appendPoints([{ run, steps: many, epochs: [] }]), {
    code: 'disk-full',
    message: /No space left.*kindling\.sqlite/,
  });
  assert.deepEqual(store.series(run).steps, [stepPoint(1)]);
  database.pragma('max_page_count = 1000000');
  store.appendPoints([{ run, steps: many, epochs: [] }]);
  assert.equal(store.series(run).steps.length, 10_001);
});

test('errors of the file system are explained, and bugs stay what they are', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  assert.equal((explainError(full, 'f') as { code?: string }).code, 'disk-full');
  assert.equal(
    (explainError(new Database.SqliteError('x', 'SQLITE_CORRUPT_VTAB'), 'f') as { code?: string }).code,
    'store-damaged',
  );
  const bug = new TypeError('x is undefined');
  assert.equal(explainError(bug, 'f'), bug);
});
