import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { findElectron, whyNoWindow } from '../../scripts/electron-binary.ts';

const root = path.join(import.meta.dirname, '../..');

test('it is known beforehand where no window can be', () => {
  assert.match(whyNoWindow('linux', {}, 1000) ?? '', /no display/);
  assert.match(whyNoWindow('linux', { DISPLAY: '' }, 1000) ?? '', /no display/);
  assert.match(whyNoWindow('linux', { DISPLAY: ':0' }, 0) ?? '', /root/);
  assert.equal(whyNoWindow('linux', { DISPLAY: ':0' }, 1000), null);
  assert.equal(whyNoWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000), null);
  assert.equal(whyNoWindow('darwin', {}, 501), null);
  assert.equal(whyNoWindow('win32', {}, undefined), null);
});

test("Electron's executable is found where its download puts it", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-electron-'));
  try {
    const electron = path.join(folder, 'node_modules', 'electron');
    mkdirSync(path.join(electron, 'dist'), { recursive: true });
    assert.equal(findElectron(folder), null);
    writeFileSync(path.join(electron, 'path.txt'), 'electron');
    assert.equal(findElectron(folder), null, 'an interrupted download');
    writeFileSync(path.join(electron, 'dist', 'electron'), '');
    assert.equal(findElectron(folder), path.join(electron, 'dist', 'electron'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test(
  'npm start without a display serves the page and says why',
  { skip: process.platform === 'linux' ? false : 'only Linux goes without a display', timeout: 120_000 },
  async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'kindling-start-'));
    const child = spawn(process.execPath, [path.join(root, 'scripts', 'run.mjs'), 'start', '--port', '0'], {
      env: { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, KINDLING_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
      let address = '';
      for await (const line of createInterface(child.stdout)) {
        if (!line.startsWith('http://')) continue;
        address = line;
        break;
      }
      assert.match(errors, /No window, because there is no display/);
      assert.match(errors, /No engine is installed yet/);
      const welcome = await fetch(address, { redirect: 'manual' });
      const cookie = welcome.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
      const answer = await fetch(new URL('/', address), { headers: { Cookie: cookie.join('; ') } });
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /<div id="page">/);
      assert.ok(existsSync(path.join(home, 'kindling.sqlite')));
    } finally {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(home, { recursive: true });
    }
  },
);
