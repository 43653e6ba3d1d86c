/** Where keys are for what is being written or chosen. */
const OWN = 'input, textarea, select, [contenteditable], [role="dialog"]';

/** Inputs in which nothing is written; outside of dialogs, a key of the page is for the page there. */
const WITHOUT_TEXT = ['checkbox', 'radio', 'range', 'color', 'file'];

/** Whether a key is for what it was pressed in, and not for the page. @param target of its event */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const box = target.closest(OWN);
  if (!(box instanceof HTMLInputElement) || !WITHOUT_TEXT.includes(box.type)) return box !== null;
  return box.closest('[role="dialog"]') !== null;
}
