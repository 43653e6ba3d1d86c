import type { HoldImages } from '../../src-shared/training/image-bytes.ts';

/** Memory with images that something of an engine's reads, by numbers. */
interface NumberedMemory {
  /** @returns the number by which these bytes are found. They are kept until `letGo`. */
  readonly hold: (bytes: Uint8Array) => number;
  readonly letGo: (number: number) => void;
}

/** The same bytes have one number, whoever holds them, until the last has let go: networks side by side read their images in one memory. */
export function holdOnce({ hold, letGo }: NumberedMemory): HoldImages {
  const held = new Map<Uint8Array, { readonly number: number; holders: number }>();
  return (images) => {
    const memory = held.get(images) ?? { number: hold(images), holders: 0 };
    held.set(images, memory);
    memory.holders++;
    let isHeld = true;
    return {
      number: memory.number,
      letGo: () => {
        if (!isHeld) return;
        isHeld = false;
        memory.holders--;
        if (memory.holders > 0) return;
        held.delete(images);
        letGo(memory.number);
      },
    };
  };
}
