import { onKeyStroke } from '@vueuse/core';
import { useUndo } from '../stores/undo.ts';

/** Where Ctrl+Z is for what is being written or chosen. */
const OWN = 'input, textarea, select, [contenteditable], [role="dialog"]';

/** Ctrl+Z (Cmd+Z) takes back the last change. */
export function useUndoKey(): void {
  const undo = useUndo();
  onKeyStroke(['z', 'Z'], (event) => {
    const { target } = event;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isUndo || !undo.last || (target instanceof Element && isWritten(target))) return;
    event.preventDefault();
    void undo.takeBackLast();
  });
}

function isWritten(target: Element): boolean {
  const box = target.closest(OWN);
  return (
    box !== null && !(box instanceof HTMLInputElement && ['checkbox', 'radio', 'range'].includes(box.type))
  );
}
