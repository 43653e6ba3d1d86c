import { useDropZone, useEventListener } from '@vueuse/core';
import type { Ref, ShallowRef } from 'vue';

/** A place where files are dropped. Whether some are over it now. */
export function useFileZone(
  zone: Readonly<ShallowRef<HTMLElement | null>>,
  onDrop: (files: readonly File[], dropped: DataTransfer | null) => void,
): Ref<boolean> {
  const { isOverDropZone } = useDropZone(zone, {
    onDrop: (files, event) => {
      if (files !== null && files.length > 0) onDrop(files, event.dataTransfer);
    },
  });
  // beside the place nothing takes them: the browser would open them and leave the page
  useEventListener(window, ['dragover', 'drop'], (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  });
  return isOverDropZone;
}
