import { onScopeDispose, shallowRef, type ShallowRef, watch } from 'vue';
import type { ExportedFile } from '../../src-shared/contract/api/files.ts';

/** An address for bytes that the host sent, for as long as they are shown; null where there are none. */
export function usePictureAddress(
  file: () => Pick<ExportedFile, 'bytes' | 'mediaType'> | null,
): Readonly<ShallowRef<string | null>> {
  const address = shallowRef<string | null>(null);
  const forget = (): void => {
    if (address.value !== null) URL.revokeObjectURL(address.value);
  };
  watch(
    file,
    (now) => {
      forget();
      address.value = now && URL.createObjectURL(new Blob([now.bytes], { type: now.mediaType }));
    },
    { immediate: true },
  );
  onScopeDispose(forget);
  return address;
}
