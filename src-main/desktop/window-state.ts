import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';

/** A place on the screens, in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was; `bounds` is where it goes when it is no longer maximised. */
export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** The smallest window that the page is made for. */
export const SMALLEST = { width: 900, height: 600 } as const;
const FIRST = { width: 1440, height: 900 } as const;

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean(),
});

/** The state kept in `file`; null where there is none that can be read, as at the first start. */
export function readWindowState(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not worth a word: the window opens in the middle of the screen.
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeWhole(file, JSON.stringify(state));
}

/**
 * The bounds with which a window opens: those kept, moved and shrunk until they lie on the screen that shows most of
 * them; centred on the first screen where there are none, or where their screen is gone.
 * @param screens the usable areas (without docks and bars), the main one first; at least one
 */
export function fitToScreens(
  kept: Rectangle | null,
  screens: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const [main] = screens;
  if (kept === null) return centred(FIRST, main);
  const [screen, shared] = screens
    .map((each) => [each, sharedArea(each, kept)] as const)
    .reduce((best, each) => (each[1] > best[1] ? each : best));
  if (shared === 0) return centred(kept, main);
  const width = limit(kept.width, Math.min(SMALLEST.width, screen.width), screen.width);
  const height = limit(kept.height, Math.min(SMALLEST.height, screen.height), screen.height);
  return {
    x: limit(kept.x, screen.x, screen.x + screen.width - width),
    y: limit(kept.y, screen.y, screen.y + screen.height - height),
    width,
    height,
  };
}

function centred(size: Pick<Rectangle, 'width' | 'height'>, screen: Rectangle): Rectangle {
  const width = Math.min(size.width, screen.width);
  const height = Math.min(size.height, screen.height);
  return {
    x: screen.x + Math.floor((screen.width - width) / 2),
    y: screen.y + Math.floor((screen.height - height) / 2),
    width,
    height,
  };
}

/** In square pixels. */
function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function limit(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
