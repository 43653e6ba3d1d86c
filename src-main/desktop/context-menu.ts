import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { isPageAddress } from './page-address.ts';

/** What of a click of the right button the menu follows. */
export type ContextMenuPlace = Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'linkURL'>;

export interface ContextMenuActions {
  readonly copyText: (text: string) => void;
  readonly openOutside: (address: string) => void;
}

/** The menu of a click of the right button; empty where there is nothing to do. The page has menus of its own elsewhere. */
export function contextMenuTemplate(
  { isEditable, selectionText, linkURL }: ContextMenuPlace,
  { copyText, openOutside }: ContextMenuActions,
): MenuItemConstructorOptions[] {
  if (isEditable) {
    return [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut', enabled: selectionText !== '' },
      { role: 'copy', enabled: selectionText !== '' },
      { role: 'paste' },
      { role: 'selectAll' },
    ];
  }
  return [
    ...(selectionText === '' ? [] : [{ role: 'copy' } as const]),
    ...(linkURL === '' ? [] : linkItems(linkURL)),
  ];

  function linkItems(address: string): MenuItemConstructorOptions[] {
    if (!isPageAddress(address)) {
      return [
        { label: 'Open Link in Browser', click: () => openOutside(address) },
        { label: 'Copy Link', click: () => copyText(address) },
      ];
    }
    const place = new URL(address).hash.replace(/^#\//, '');
    return [{ label: 'Copy Link', click: () => copyText(`kindling://${place}`) }];
  }
}
