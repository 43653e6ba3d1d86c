import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loadApplication } from '../../../src-main/desktop/load-application.ts';
import { outsideArchive } from '../../../src-main/desktop/outside-archive.ts';
import { explainStart } from '../../../src-main/desktop/start-problem.ts';

test('a store that is busy or damaged is explained before there is a window; a bug is none', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'kindling-start-'));
  try {
    const application = await loadApplication(home);
    try {
      assert.equal((await application.answer('settings.get', {})).ok, true);
      const busy = explainStart(await loadApplication(home).catch((error: unknown) => error));
      assert.equal(busy?.message, 'The store is in use by another Kindling.');
      // a window has no command line
      assert.match(busy.detail, /or start Kindling with another folder \(KINDLING_HOME\)\.$/);
      assert.doesNotMatch(busy.detail, /--/);
      assert.match(busy.detail, /kindling\.sqlite/);
    } finally {
      await application.close();
    }
    writeFileSync(
      path.join(home, 'kindling.sqlite'),
      'not a database, but long enough to be read as one'.repeat(99),
    );
    const damaged = explainStart(await loadApplication(home).catch((error: unknown) => error));
    assert.equal(damaged?.message, 'The store is damaged.');
    assert.equal(explainStart(new TypeError('a bug')), null);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('what plain Node reads lies beside the archive', () => {
  const inside = '/opt/Kindling/resources/app.asar/src-main/api/application.ts';
  const beside = '/opt/Kindling/resources/app.asar.unpacked/src-main/api/application.ts';
  assert.equal(outsideArchive(inside), beside);
  assert.equal(outsideArchive(beside), beside);
  assert.equal(
    outsideArchive('C:\\K\\resources\\app.asar\\a.ts'),
    'C:\\K\\resources\\app.asar.unpacked\\a.ts',
  );
  assert.equal(outsideArchive('/work/src-main/a.ts'), '/work/src-main/a.ts');
});
