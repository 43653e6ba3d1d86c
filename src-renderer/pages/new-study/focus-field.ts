import type { Path } from '../../../src-shared/mistakes/mistake.ts';
import { showPath } from '../../../src-shared/mistakes/show-mistake.ts';

/** Focuses the form's field of this path in a study file, or of the nearest that holds it. @returns whether there is one */
export function focusField(path: Path): boolean {
  for (let length = path.length; length > 0; length--) {
    const field = document.querySelector(`[data-field="${CSS.escape(showPath(path.slice(0, length)))}"]`);
    const control =
      field?.querySelector<HTMLElement>('[aria-invalid=true]') ??
      field?.querySelector<HTMLElement>('input, select');
    if (!control) continue;
    control.focus();
    return true;
  }
  return false;
}
