import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { replaceFolder } from '../../../src-main/files/replace-folder.ts';
import { removeUnfinished, replacedPath, unfinishedPath } from '../../../src-main/files/unfinished-files.ts';
import { writeWhole, writeWholeMeanwhile } from '../../../src-main/files/write-whole.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const FILES = join(import.meta.dirname, '../../../src-main/files');

/** Runs a script in a process of its own, which may kill itself. */
function runScript(script: string): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

test('kill -9 while a file is written leaves it as it was, and the next write removes the rest', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'figure.pdf');
  writeFileSync(file, 'before');
  const { signal } = runScript(`
    import { writeWhole } from ${JSON.stringify(join(FILES, 'write-whole.ts'))};
    const pieces = [Buffer.alloc(1000)];
    pieces[Symbol.iterator] = function* () {
      yield Buffer.alloc(1000);
      process.kill(process.pid, 'SIGKILL');
    };
    writeWhole(${JSON.stringify(file)}, pieces);`);
  assert.equal(signal, 'SIGKILL');
  assert.equal(readFileSync(file, 'utf8'), 'before');
  const left = readdirSync(folder).filter((name) => name.endsWith('.unfinished'));
  assert.equal(left.length, 1);
  writeWhole(join(folder, 'another.pdf'), 'new');
  assert.deepEqual(readdirSync(folder), ['another.pdf', 'figure.pdf']);
});

test('a write that fails leaves nothing', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'a');
  writeFileSync(file, 'before');
  const pieces = [Buffer.from('one'), {} as Buffer];
  assert.throws(() => writeWhole(file, pieces));
  assert.deepEqual([readdirSync(folder), readFileSync(file, 'utf8')], [['a'], 'before']);
});

test('what is written while the caller goes on is what it was at the call, whole, or nothing', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'a');
  writeWhole(file, 'before');
  const content = Buffer.from('after');
  const onDisk = writeWholeMeanwhile(file, content);
  content.fill(0);
  assert.equal(readFileSync(file, 'utf8'), 'before');
  await onDisk;
  assert.deepEqual([readdirSync(folder), readFileSync(file, 'utf8')], [['a'], 'after']);
  assert.throws(() => void writeWholeMeanwhile(file, [Buffer.from('one'), {} as Buffer]));
  const lost = writeWholeMeanwhile(file, 'lost');
  renameSync(folder, `${folder} gone`);
  context.after(() => rmSync(`${folder} gone`, { recursive: true }));
  await assert.rejects(lost, { code: 'ENOENT' });
  assert.equal(readFileSync(join(`${folder} gone`, 'a'), 'utf8'), 'after');
});

test('links, permissions, devices and folders are what they were', (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'deep', 'a');
  writeWhole(file, 'first');
  chmodSync(file, 0o640);
  symlinkSync(file, join(folder, 'link'));
  writeWhole(join(folder, 'link'), [Buffer.from('sec'), Buffer.from('ond')]);
  assert(lstatSync(join(folder, 'link')).isSymbolicLink());
  assert.equal(readFileSync(file, 'utf8'), 'second');
  assert.equal(statSync(file).mode & 0o777, 0o640);
  writeWhole('/dev/null', 'nothing');
  assert(statSync('/dev/null').isCharacterDevice());
  assert.throws(() => writeWhole(folder, 'text'), { code: 'EISDIR' });
});

test('only what a dead writer of this machine has left is removed', (context) => {
  const folder = temporaryFolder(context);
  const dead = runScript('console.log(process.pid)').stdout.toString().trim();
  const names = {
    living: unfinishedPath(join(folder, 'a')),
    dead: unfinishedPath(join(folder, 'a')).replace(`-${process.pid}-`, `-${dead}-`),
    'dead, with the log of SQLite':
      unfinishedPath(join(folder, 'a')).replace(`-${process.pid}-`, `-${dead}-`) + '-wal',
    'of another machine': unfinishedPath(join(folder, 'a'))
      .replace(`-${process.pid}-`, `-${dead}-`)
      .replace(hostname().replaceAll(/[^\w-]/g, '_'), 'elsewhere'),
    'of a process that had our number': unfinishedPath(join(folder, 'a')),
    'of the user': join(folder, 'a.unfinished'),
  };
  for (const name of Object.values(names)) writeFileSync(name, '');
  const longAgo = Date.now() / 1000 - 1e6;
  utimesSync(names['of a process that had our number'], longAgo, longAgo);
  removeUnfinished(folder);
  const kept = Object.entries(names).filter(([, path]) => existsSync(path));
  assert.deepEqual(
    kept.map(([what]) => what),
    ['living', 'of another machine', 'of the user'],
  );
  removeUnfinished(join(folder, 'none'));
});

test('a folder takes another’s place, and an end between the two moves is made good', (context) => {
  const folder = temporaryFolder(context);
  const place = join(folder, 'tensorflow-cpu');
  const fill = (path: string, text: string): void => {
    mkdirSync(path);
    writeFileSync(join(path, 'engine.json'), text);
  };
  fill(place, 'first');
  const next = unfinishedPath(place);
  fill(next, 'second');
  replaceFolder(next, place);
  assert.equal(readFileSync(join(place, 'engine.json'), 'utf8'), 'second');
  assert.deepEqual(readdirSync(folder), ['tensorflow-cpu']);

  const dead = runScript('console.log(process.pid)').stdout.toString().trim();
  renameSync(place, replacedPath(place).replace(`-${process.pid}-`, `-${dead}-`));
  removeUnfinished(folder);
  assert.deepEqual(readdirSync(folder), ['tensorflow-cpu']);
  assert.equal(readFileSync(join(place, 'engine.json'), 'utf8'), 'second');
});
