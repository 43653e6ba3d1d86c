import type { BrowserWindow } from 'electron';
import { writeWindowState } from './window-state.ts';

/** Milliseconds of rest before a moved window's place is written: a drag gives hundreds of events. */
const REST = 500;

/** Writes place and size of the window into `file` whenever they have changed, and when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeWindowState(file, state);
    } catch (error) {
      // A full disk must not keep the window from closing.
      console.error(`kindling: the position of the window could not be saved: ${String(error)}`);
    }
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  };
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('maximize', writeSoon);
  window.on('unmaximize', writeSoon);
  window.on('close', write);
  window.on('closed', () => clearTimeout(timer));
}
