import { Menu } from 'electron';
import { type MenuActions, type MenuState, menuTemplate } from './menu-template.ts';

/** The menu of the application. @returns what to call with what of its state has changed */
export function applicationMenu(actions: MenuActions): (changed: Partial<MenuState>) => void {
  let state: MenuState = { canSave: false, canPause: false, canResume: false, recent: [] };
  let drawn = '';
  return (changed) => {
    state = { ...state, ...changed };
    // a menu that is set anew closes while it is open: only where something is different
    if (JSON.stringify(state) === drawn) return;
    drawn = JSON.stringify(state);
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, state, actions)));
  };
}
