import type { MenuItemConstructorOptions } from 'electron';
import path from 'node:path';
import type { PageCommand } from '../../src-shared/contract/page-bridge.ts';

/** What the menu shows of the present state. */
export interface MenuState {
  readonly canSave: boolean;
  readonly canPause: boolean;
  readonly canResume: boolean;
  /** Paths of study files, the latest first. */
  readonly recent: readonly string[];
}

/** What the menu's items do. */
export interface MenuActions {
  toPage(command: PageCommand): void;
  openWindow(): void;
  openStudyFile(): void;
  openRecent(file: string): void;
  clearRecent(): void;
  pause(): void;
  resume(): void;
  showDataFolder(): void;
  /** Null in a checkout, which holds no list of licences. */
  readonly showLicences: (() => void) | null;
}

/** The pages of the View menu, in the order of the page's own navigation; Ctrl or Command with 1 to 6. */
const PAGES: readonly (readonly [label: string, address: string])[] = [
  ['Studies', '/studies'],
  ['Runs', '/runs'],
  ['Compare', '/compare'],
  ['Network', '/network'],
  ['Layers', '/layers'],
  ['Figures', '/figures'],
];

/** The native menu, by the customs of the platform. Ctrl is Command on macOS. */
export function menuTemplate(
  platform: string,
  state: MenuState,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [applicationMenu(actions)] : []),
    fileMenu(isMac, state, actions),
    { role: 'editMenu' },
    viewMenu(actions),
    trainingMenu(state, actions),
    { role: 'windowMenu' },
    helpMenu(isMac, actions),
  ];
}

/** macOS keeps the application's own items in a menu of its name. */
function applicationMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settingsItem(actions),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

function fileMenu(isMac: boolean, state: MenuState, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      show('New Study', '/new', 'CmdOrCtrl+N', actions),
      { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.openWindow() },
      { type: 'separator' },
      { label: 'Open Study File…', accelerator: 'CmdOrCtrl+O', click: () => actions.openStudyFile() },
      { label: 'Open Recent', enabled: state.recent.length > 0, submenu: recentItems(state, actions) },
      { type: 'separator' },
      {
        label: 'Save…',
        accelerator: 'CmdOrCtrl+S',
        enabled: state.canSave,
        click: () => actions.toPage({ type: 'save' }),
      },
      { type: 'separator' },
      ...(isMac ? [] : [settingsItem(actions), { type: 'separator' } as const]),
      { role: 'close' },
      ...(isMac ? [] : [{ role: 'quit' } as const]),
    ],
  };
}

/** By their names, and with their folders where two have the same. */
function recentItems({ recent }: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const names = recent.map((file) => path.basename(file));
  return [
    ...recent.map((file, index) => ({
      label: names.filter((name) => name === names[index]).length > 1 ? file : path.basename(file),
      click: () => actions.openRecent(file),
    })),
    { type: 'separator' },
    { label: 'Clear List', click: () => actions.clearRecent() },
  ];
}

function trainingMenu({ canPause, canResume }: MenuState, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&Training',
    submenu: [
      {
        label: 'Pause Training',
        accelerator: 'CmdOrCtrl+Shift+P',
        enabled: canPause,
        click: () => actions.pause(),
      },
      {
        label: 'Resume Training',
        accelerator: 'CmdOrCtrl+Shift+U',
        enabled: canResume,
        click: () => actions.resume(),
      },
    ],
  };
}

function viewMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      ...PAGES.map(([label, address], index) => show(label, address, `CmdOrCtrl+${index + 1}`, actions)),
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      { type: 'separator' },
      { role: 'reload' },
      { role: 'toggleDevTools' },
    ],
  };
}

function helpMenu(isMac: boolean, actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      { label: 'Show Data Folder', click: () => actions.showDataFolder() },
      ...(actions.showLicences ? [{ label: 'Third-Party Licences', click: actions.showLicences }] : []),
      ...(isMac ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
    ],
  };
}

function settingsItem(actions: MenuActions): MenuItemConstructorOptions {
  return show('Settings…', '/settings', 'CmdOrCtrl+,', actions);
}

function show(
  label: string,
  address: string,
  accelerator: string,
  actions: MenuActions,
): MenuItemConstructorOptions {
  return { label, accelerator, click: () => actions.toPage({ type: 'show', address }) };
}
