import type { MenuItemConstructorOptions } from 'electron';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAVIGATION } from '../../../src-renderer/layout/navigation.ts';
import { type MenuState, menuTemplate } from '../../../src-main/desktop/menu-template.ts';

const STATE: MenuState = { canSave: true, canPause: true, canResume: false, recent: [] };

function menus(platform: string, isPackaged = false, state = STATE) {
  const done: unknown[] = [];
  const template = menuTemplate(platform, state, {
    toPage: (command) => done.push(command),
    openWindow: () => done.push('open window'),
    openStudyFile: () => done.push('open study file'),
    openRecent: (file) => done.push(file),
    clearRecent: () => done.push('clear recent'),
    pause: () => done.push('pause'),
    resume: () => done.push('resume'),
    showDataFolder: () => done.push('show data folder'),
    showLicences: isPackaged ? () => done.push('show licences') : null,
  });
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { done, items, names: template.map(({ label, role }) => label ?? role) };
}

test('each platform has the menus and the items that it is used to, once', () => {
  const names = ['&File', 'editMenu', '&View', '&Training', 'windowMenu', 'help'];
  assert.deepEqual(menus('linux').names, names);
  assert.deepEqual(menus('darwin').names, ['appMenu', ...names]);
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
      'open window',
      'open study file',
      { type: 'save' },
      '/settings',
      '/studies',
      '/runs',
      '/compare',
      '/network',
      '/layers',
      '/figures',
      'pause',
      'resume',
      'show data folder',
    ],
  );
});

test('what can be done now is not grey, and recent files have their folders where names are the same', () => {
  const isEnabled = (state: Partial<MenuState>, label: string): boolean =>
    menus('linux', false, { ...STATE, ...state }).items.find((item) => item.label === label)?.enabled ?? true;
  assert.deepEqual([isEnabled({}, 'Save…'), isEnabled({ canSave: false }, 'Save…')], [true, false]);
  assert.deepEqual([isEnabled({}, 'Pause Training'), isEnabled({}, 'Resume Training')], [true, false]);
  assert.equal(isEnabled({}, 'Open Recent'), false);

  const recent = ['/a/one.kindling', '/b/one.kindling', '/b/two.yaml'];
  const { items, done } = menus('linux', false, { ...STATE, recent });
  const list = items.find(({ label }) => label === 'Open Recent')?.submenu;
  assert.ok(Array.isArray(list));
  assert.deepEqual(
    list.map(({ label, type }) => label ?? type),
    ['/a/one.kindling', '/b/one.kindling', 'two.yaml', 'separator', 'Clear List'],
  );
  for (const item of list) click(item);
  assert.deepEqual(done, [...recent, 'clear recent']);
});

function click({ click: action }: MenuItemConstructorOptions): void {
  (action as (() => void) | undefined)?.();
}

test('the View menu leads to every page of the navigation, in its order', () => {
  const { done, items } = menus('linux');
  const pages = NAVIGATION.filter(({ path }) => path !== '/new' && path !== '/settings');
  const chosen = items.filter(({ accelerator }) => /^CmdOrCtrl\+\d$/.test(String(accelerator)));
  assert.deepEqual(
    chosen.map(({ label, accelerator }) => [label, accelerator]),
    pages.map(({ title }, place) => [title, `CmdOrCtrl+${place + 1}`]),
  );
  for (const { click } of chosen) (click as unknown as () => void)();
  assert.deepEqual(
    done.map((command) => (command as { readonly address?: string }).address),
    pages.map(({ path }) => path),
  );
});
