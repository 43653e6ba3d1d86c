import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ContextMenuPlace, contextMenuTemplate } from '../../../src-main/desktop/context-menu.ts';

function menu(place: Partial<ContextMenuPlace>) {
  const done: string[] = [];
  const template = contextMenuTemplate(
    { isEditable: false, selectionText: '', linkURL: '', ...place },
    { copyText: (text) => done.push(`copy ${text}`), openOutside: (address) => done.push(`open ${address}`) },
  );
  for (const { click } of template) (click as (() => void) | undefined)?.();
  return { names: template.map(({ label, role }) => label ?? role), done, template };
}

test('the menu has what can be done where it was opened', () => {
  assert.deepEqual(menu({}).names, []);
  assert.deepEqual(menu({ selectionText: '81.2 %' }).names, ['copy']);
  const field = menu({ isEditable: true });
  assert.deepEqual(
    field.template.flatMap(({ role, enabled }) => (enabled === false ? [role] : [])),
    ['cut', 'copy'],
  );
  const inside = menu({ linkURL: 'app://kindling/#/studies/a%20b?x=1' });
  assert.deepEqual([inside.names, inside.done], [['Copy Link'], ['copy kindling://studies/a%20b?x=1']]);
  const outside = menu({ linkURL: 'https://arxiv.org/abs/1602.07360' });
  assert.deepEqual(outside.names, ['Open Link in Browser', 'Copy Link']);
  assert.equal(outside.done[0], 'open https://arxiv.org/abs/1602.07360');
});
