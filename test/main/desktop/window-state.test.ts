import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fitToScreens, readWindowState, writeWindowState } from '../../../src-main/desktop/window-state.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };

test('the window opens where it was, on a screen that is there', () => {
  const kept = { x: 100, y: 100, width: 1200, height: 800 };
  assert.deepEqual(fitToScreens(kept, [main, left]), kept);
  const onLeft = { x: -1200, y: 50, width: 1000, height: 700 };
  assert.deepEqual(fitToScreens(onLeft, [main, left]), onLeft);
  assert.deepEqual(
    fitToScreens(onLeft, [main]),
    { x: 460, y: 202, width: 1000, height: 700 },
    'its screen is gone',
  );
  assert.deepEqual(
    fitToScreens({ x: 1500, y: -300, width: 2500, height: 2000 }, [main, left]),
    main,
    'the screen has become smaller',
  );
  assert.deepEqual(
    fitToScreens({ x: 1700, y: 900, width: 1000, height: 700 }, [main]),
    { x: 920, y: 380, width: 1000, height: 700 },
    'partly outside',
  );
  assert.deepEqual(
    fitToScreens({ x: 10, y: 30, width: 20, height: 20 }, [main]),
    { x: 10, y: 30, width: 900, height: 600 },
    'smaller than the page is made for',
  );
});

test('the first start is centred and fits a small screen', () => {
  assert.deepEqual(fitToScreens(null, [main]), { x: 240, y: 102, width: 1440, height: 900 });
  const small = { x: 0, y: 0, width: 800, height: 480 };
  assert.deepEqual(fitToScreens(null, [small]), small);
  assert.deepEqual(fitToScreens({ x: 0, y: 0, width: 1000, height: 700 }, [small]), small);
});

test('the state is kept in a file; a broken one is as none', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kindling-window-'));
  try {
    const file = path.join(folder, 'window', 'window-state.json');
    assert.equal(readWindowState(file), null);
    const state = { bounds: { x: -5, y: 0, width: 1000, height: 700 }, maximized: true };
    writeWindowState(file, state);
    assert.deepEqual(readWindowState(file), state);
    assert.deepEqual(readdirSync(path.dirname(file)), ['window-state.json']);
    for (const text of ['', '{}', '{"bounds":{"x":0,"y":0,"width":-1,"height":5},"maximized":false}']) {
      writeFileSync(file, text);
      assert.equal(readWindowState(file), null, text);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
