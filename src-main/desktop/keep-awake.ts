import { powerSaveBlocker } from 'electron';

/** Keeps the system from falling asleep, not the screen from going dark. @returns what to call whenever that is to begin or to end */
export function keepAwake(): (isNeeded: boolean) => void {
  let blocker: number | null = null;
  return (isNeeded) => {
    if (isNeeded === (blocker !== null)) return;
    if (blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    else {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
