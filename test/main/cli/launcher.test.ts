import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { after, test } from 'node:test';

const LAUNCHER = join(import.meta.dirname, '../../../bin/kindling.mjs');
const LAUNCH = join(import.meta.dirname, '../../../scripts/launch.mjs');
const folder = mkdtempSync(join(tmpdir(), 'kindling-launcher-'));
after(() => rmSync(folder, { recursive: true }));

/** A Node older than 24 on this machine, outside node_modules: the case that the launcher is for. */
const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((each) => !each.includes('node_modules'))
  .map((each) => join(each, 'node'))
  .find((file) => existsSync(file) && majorOf(file) < 24);
const skip = olderNode === undefined ? 'only one Node, 24 or newer, on this machine' : false;

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) || Infinity;
}

for (const [name, node] of [
  ['Node 24', process.execPath],
  ['an older Node', olderNode],
] as const) {
  const options = { skip: node === undefined ? skip : false };
  test(`${name} runs the command line with its output and status`, options, () => {
    const good = spawnSync(node ?? '', [LAUNCHER, '--version'], { encoding: 'utf8' });
    assert.match(good.stdout, /^\d+\.\d+\.\d+\n$/);
    assert.equal(good.status, 0);
    assert.equal(spawnSync(node ?? '', [LAUNCHER, 'nonsense'], { encoding: 'utf8' }).status, 2);
  });
}

test('a signal to the launcher reaches the program, and its status comes back', { skip }, async () => {
  const program = join(folder, 'program.mjs');
  const launcher = join(folder, 'launcher.mjs');
  writeFileSync(
    program,
    `process.on('SIGINT', () => { console.log('told'); process.exit(7); });
    setInterval(() => {}, 1000); console.log('ready');`,
  );
  writeFileSync(
    launcher,
    `import { launch } from ${JSON.stringify(LAUNCH)};
    await launch(${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}, []);`,
  );
  const child = spawn(olderNode ?? '', [launcher], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'ready\n') child.kill('SIGINT');
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  assert.equal(said, 'ready\ntold\n');
  assert.equal(status, 7);
});

test('kill -9 of the launcher is told to the program', { skip }, async () => {
  const program = join(folder, 'deserted.mjs');
  const launcher = join(folder, 'mortal.mjs');
  writeFileSync(
    program,
    `process.on('disconnect', () => { console.log('deserted'); process.exit(); }); console.log('ready');`,
  );
  writeFileSync(
    launcher,
    `import { launch } from ${JSON.stringify(LAUNCH)};
    await launch(${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}, []);`,
  );
  const child = spawn(olderNode ?? '', [launcher], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'ready\n') child.kill('SIGKILL');
  });
  // the program holds the other end of the pipe until it ends
  await once(child, 'close');
  assert.equal(said, 'ready\ndeserted\n');
});
