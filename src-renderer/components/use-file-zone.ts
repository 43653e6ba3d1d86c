import { useDropZone } from '@vueuse/core';
import type { Ref, ShallowRef } from 'vue';

/** A place where files are dropped; what is dropped beside it the page takes. Whether some are over it now. */
export function useFileZone(
  zone: Readonly<ShallowRef<HTMLElement | null>>,
  onDrop: (files: readonly File[], dropped: DataTransfer | null) => void,
): Ref<boolean> {
  const { isOverDropZone } = useDropZone(zone, {
    onDrop: (files, event) => {
      if (files !== null && files.length > 0) onDrop(files, event.dataTransfer);
    },
  });
  return isOverDropZone;
}
