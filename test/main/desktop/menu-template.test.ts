import type { MenuItemConstructorOptions } from 'electron';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { menuTemplate } from '../../../src-main/desktop/menu-template.ts';

function menus(platform: string, isPackaged = false) {
  const done: unknown[] = [];
  const template = menuTemplate(platform, {
    toPage: (command) => done.push(command),
    openStudyFile: () => done.push('open study file'),
    showDataFolder: () => done.push('show data folder'),
    showLicences: isPackaged ? () => done.push('show licences') : null,
  });
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { done, items, names: template.map(({ label, role }) => label ?? role) };
}

test('each platform has the menus and the items that it is used to, once', () => {
  assert.deepEqual(menus('linux').names, ['&File', 'editMenu', '&View', 'windowMenu', 'help']);
  assert.deepEqual(menus('darwin').names, ['appMenu', '&File', 'editMenu', '&View', 'windowMenu', 'help']);
  for (const platform of ['linux', 'darwin', 'win32']) {
    const { items } = menus(platform);
    for (const role of ['quit', 'about', 'reload', 'togglefullscreen']) {
      assert.equal(items.filter((item) => item.role === role).length, 1, `${role} on ${platform}`);
    }
    assert.equal(items.filter(({ label }) => label === 'Settings…').length, 1);
    const accelerators = items.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));
    assert.deepEqual(accelerators, [...new Set(accelerators)]);
  }
});

test('a packaged application shows the licences of what it contains', () => {
  const { items, done } = menus('linux', true);
  for (const item of items.filter(({ label }) => label === 'Third-Party Licences')) click(item);
  assert.deepEqual(done, ['show licences']);
});

test('the items ask the page for its addresses', () => {
  const { items, done } = menus('linux');
  for (const item of items) click(item);
  assert.deepEqual(
    done.map((each) =>
      typeof each === 'object' && each !== null && 'address' in each ? each.address : each,
    ),
    [
      '/new',
      'open study file',
      { type: 'save' },
      '/settings',
      '/studies',
      '/runs',
      '/compare',
      '/network',
      '/figures',
      'show data folder',
    ],
  );
});

function click({ click: action }: MenuItemConstructorOptions): void {
  (action as (() => void) | undefined)?.();
}
