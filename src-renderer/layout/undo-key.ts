import { onKeyStroke } from '@vueuse/core';
import { useUndo } from '../stores/undo.ts';
import { takesKeys } from './takes-keys.ts';

/** Ctrl+Z (Cmd+Z) takes back the last change. */
export function useUndoKey(): void {
  const undo = useUndo();
  onKeyStroke(['z', 'Z'], (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isUndo || !undo.last || takesKeys(event.target)) return;
    event.preventDefault();
    void undo.takeBackLast();
  });
}
