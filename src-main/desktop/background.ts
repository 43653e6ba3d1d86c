import { Menu, nativeImage, Tray } from 'electron';
import path from 'node:path';
import type { Work } from './follow-work.ts';
import type { Windows } from './windows.ts';
import { pausableStudies, pausedStudies, progressOf, whatComputes } from './work-state.ts';

/** Within the archive in a packaged application. */
const ICON = path.join(import.meta.dirname, '../../resources/icons/linux/32x32.png');

export interface BackgroundActions {
  readonly show: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly quit: () => void;
}

/** The application without a window: an icon in the tray while all windows are hidden. */
export interface Background {
  readonly enter: () => void;
  readonly leave: () => void;
  readonly follow: (work: Work) => void;
}

export function createBackground(windows: Windows, actions: BackgroundActions): Background {
  let tray: Tray | null = null;
  let work: Work = { studies: [], tasks: [] };
  const draw = (): void => {
    if (!tray) return;
    tray.setToolTip(tooltip(work));
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show Kindling', click: () => actions.show() },
        ...(pausableStudies(work).length > 0
          ? [{ label: 'Pause Training', click: () => actions.pause() }]
          : []),
        ...(pausedStudies(work).length > 0
          ? [{ label: 'Resume Training', click: () => actions.resume() }]
          : []),
        { type: 'separator' },
        { label: 'Quit', click: () => actions.quit() },
      ]),
    );
  };
  return {
    enter() {
      for (const window of windows.all()) window.hide();
      if (tray) return;
      tray = new Tray(nativeImage.createFromPath(ICON));
      tray.on('click', () => actions.show());
      draw();
    },
    leave() {
      tray?.destroy();
      tray = null;
    },
    follow(now) {
      const isOther = shown(now) !== shown(work);
      work = now;
      if (isOther) draw();
    },
  };
}

/** All that is drawn of it. */
function shown(work: Work): string {
  return JSON.stringify([tooltip(work), pausableStudies(work).length > 0, pausedStudies(work).length > 0]);
}

/** Windows cuts it off at 127 characters. */
function tooltip(work: Work): string {
  const names = whatComputes(work);
  if (names.length === 0) return 'Kindling: nothing is running';
  const progress = progressOf(work);
  const share = progress ? `, ${Math.floor(progress.share * 100)} %` : '';
  return `Kindling: ${names.join(', ').slice(0, 100)}${share}`;
}
