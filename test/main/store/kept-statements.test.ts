import assert from 'node:assert/strict';
import { test } from 'node:test';
import Database from '../../../src-main/files/sqlite.ts';
import { keepStatements } from '../../../src-main/store/kept-statements.ts';

test('a statement is prepared once, and each who asks for it has it as if it were new', () => {
  const database = keepStatements(new Database(':memory:'));
  database.exec('CREATE TABLE runs (id INTEGER); INSERT INTO runs VALUES (1), (2)');
  const all = 'SELECT id FROM runs ORDER BY id';
  const first = database.prepare(all);
  assert.equal(database.prepare(all), first);
  assert.deepEqual(first.pluck().all(), [1, 2]);
  assert.deepEqual(database.prepare(all).all(), [{ id: 1 }, { id: 2 }]);

  // two readers at different places
  const lines = database.prepare(all).iterate();
  assert.deepEqual(lines.next().value, { id: 1 });
  assert.deepEqual(database.prepare(all).all(), [{ id: 1 }, { id: 2 }]);
  assert.deepEqual(lines.next().value, { id: 2 });
  lines.return?.();

  const insert = database.prepare('INSERT INTO runs VALUES (?)');
  assert.equal(database.prepare('INSERT INTO runs VALUES (?)'), insert);
  insert.run(3);
  // another table of the same name
  database.exec('ALTER TABLE runs ADD COLUMN name TEXT');
  assert.deepEqual(database.prepare('SELECT * FROM runs WHERE id = 3').get(), { id: 3, name: null });
  database.close();
});
