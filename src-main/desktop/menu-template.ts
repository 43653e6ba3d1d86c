import type { MenuItemConstructorOptions } from 'electron';
import type { PageCommand } from '../../src-shared/contract/page-bridge.ts';

/** What the menu's items do. */
export interface MenuActions {
  toPage(command: PageCommand): void;
  openStudyFile(): void;
  showDataFolder(): void;
  /** Null in a checkout, which holds no list of licences. */
  readonly showLicences: (() => void) | null;
}

/** The pages of the View menu, in the order of the page's own navigation; Ctrl or Command with 1 to 5. */
const PAGES: readonly (readonly [label: string, address: string])[] = [
  ['Studies', '/studies'],
  ['Runs', '/runs'],
  ['Compare', '/compare'],
  ['Network', '/network'],
  ['Figures', '/figures'],
];

/** The native menu, by the customs of the platform. Ctrl is Command on macOS. */
export function menuTemplate(platform: string, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [applicationMenu(actions)] : []),
    fileMenu(isMac, actions),
    { role: 'editMenu' },
    viewMenu(actions),
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

function fileMenu(isMac: boolean, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      show('New Study', '/new', 'CmdOrCtrl+N', actions),
      { label: 'Open Study File…', accelerator: 'CmdOrCtrl+O', click: () => actions.openStudyFile() },
      { type: 'separator' },
      { label: 'Save…', accelerator: 'CmdOrCtrl+S', click: () => actions.toPage({ type: 'save' }) },
      { type: 'separator' },
      ...(isMac ? [] : [settingsItem(actions), { type: 'separator' } as const]),
      isMac ? { role: 'close' } : { role: 'quit' },
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
