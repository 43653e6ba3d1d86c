import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock, test } from 'node:test';
import { eventually } from '../../e2e/eventually.ts';
import { machine } from './updater-electron.ts';

// The updater is the real one, and so are its files, its downloads and what it puts in place; only Electron is not.

const DAY = 24 * 3600 * 1000;
const ELECTRON = new URL('updater-electron.ts', import.meta.url).href;
const SKIP = process.platform !== 'linux' && 'what is put in place here is an AppImage';

/** What is offered: the files of a folder on a web server, as electron-builder writes them. */
interface Offer {
  readonly version: string;
  readonly content: string;
  /** Of another content than what is there. */
  readonly isDamaged?: boolean;
}

function feedOf({ version, content, isDamaged = false }: Offer): string {
  const sha512 = createHash('sha512')
    .update(isDamaged ? 'other' : content)
    .digest('base64');
  const name = `Kindling-${version}.AppImage`;
  const file = { url: name, sha512, size: content.length };
  return JSON.stringify({ version, files: [file], path: name, sha512, releaseDate: '2026-01-01T00:00:00Z' });
}

test(
  'a newer version is offered once, downloaded when wanted, verified, and put in place at the end',
  { skip: SKIP },
  async (context) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kindling-updates-'));
    const resources = path.join(folder, 'resources');
    const appImage = path.join(folder, 'Kindling.AppImage');
    mkdirSync(resources);
    writeFileSync(appImage, '#!/bin/sh\n# old\n', { mode: 0o755 });
    machine.folder = path.join(folder, 'user-data');
    process.env['APPIMAGE'] = appImage;
    process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache');
    Object.assign(process, { resourcesPath: resources });

    let offer: Offer | null = { version: '1.0.0', content: '' };
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      const name = path.posix.basename(new URL(url, 'http://localhost').pathname);
      asked.push(name);
      if (offer !== null && /^latest-linux.*\.yml$/.test(name)) response.end(feedOf(offer));
      else if (offer !== null && name === `Kindling-${offer.version}.AppImage`) response.end(offer.content);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/updates`;
    const hooks = registerHooks({
      resolve: (specifier, parent, next) =>
        specifier === 'electron' ? { url: ELECTRON, shortCircuit: true } : next(specifier, parent),
    });
    const errors = context.mock.method(console, 'error', () => undefined);
    for (const level of ['debug', 'info', 'warn'] as const)
      context.mock.method(console, level, () => undefined);
    mock.timers.enable({ apis: ['setInterval'] });
    try {
      const { lookForUpdates } = await import('../../../src-main/desktop/updates.ts');
      const { autoUpdater } = (await import('electron-updater')).default;
      const looks = (): number => asked.filter((name) => name.endsWith('.yml')).length;
      /** A day later, when what was found is dealt with. */
      const nextLook = async (next: Offer | null): Promise<void> => {
        offer = next;
        const before = looks();
        const done = new Promise((resolve) => {
          for (const event of ['update-available', 'update-not-available', 'error'] as const)
            autoUpdater.once(event, resolve);
        });
        mock.timers.tick(DAY);
        await done;
        assert.equal(looks(), before + 1);
      };

      await lookForUpdates();
      assert.equal(asked.length, 0, 'nobody named a place');
      writeFileSync(
        path.join(resources, 'app-update.yml'),
        `provider: generic\nurl: ${address}\nupdaterCacheDirName: kindling-updater\n`,
      );
      await lookForUpdates();
      await eventually(() => Promise.resolve(assert.equal(looks(), 1)));
      await nextLook({ version: '0.9.0', content: '' });
      await nextLook(null);
      assert.deepEqual(machine.dialogs, [], 'neither the same, an older one nor a broken place is told');

      const second = { version: '2.0.0', content: '#!/bin/sh\n# 2\n' };
      machine.answers.push('Not Now');
      await nextLook(second);
      await nextLook(second);
      assert.deepEqual(machine.dialogs.splice(0), ['Kindling 2.0.0 is available.']);
      assert.ok(!asked.includes('Kindling-2.0.0.AppImage'), 'nothing is downloaded unasked');

      // a question that stays open is asked once
      const third = { version: '3.0.0', content: '#!/bin/sh\n# 3\n' };
      await nextLook(third);
      await nextLook(third);
      assert.deepEqual(machine.dialogs.splice(0), ['Kindling 3.0.0 is available.']);

      const fourth = { version: '4.0.0', content: '#!/bin/sh\n# 4\n' };
      machine.answers.push('Download');
      const before = errors.mock.callCount();
      await nextLook({ ...fourth, isDamaged: true });
      const said = (): string =>
        errors.mock.calls
          .slice(before)
          .map(({ arguments: [text] }) => String(text))
          .join('\n');
      // the updater says first that it cannot download the difference alone
      const mismatch = /kindling: looking for a newer version: sha512 checksum mismatch/;
      await eventually(() => Promise.resolve(assert.match(said(), mismatch)));
      assert.match(readFileSync(appImage, 'utf8'), /old/);

      machine.answers.push('Download');
      await nextLook(fourth);
      await eventually(() =>
        Promise.resolve(
          assert.deepEqual(machine.dialogs, [
            'Kindling 4.0.0 is available.',
            'Kindling 4.0.0 is available.',
            'Kindling 4.0.0 is ready.',
          ]),
        ),
      );
      await nextLook(fourth);
      assert.equal(machine.dialogs.length, 3, 'what is there is not offered again');
      assert.match(readFileSync(appImage, 'utf8'), /old/);
      machine.app.emit('quit', {}, 0);
      assert.equal(readFileSync(appImage, 'utf8'), fourth.content);
    } finally {
      mock.timers.reset();
      hooks.deregister();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
