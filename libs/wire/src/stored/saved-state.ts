/** One part of a saved state as a chunk of a snapshot: plain values only. */
export function encodeSaved(part: unknown): string {
  return JSON.stringify(part);
}

const texts = new TextDecoder();

/**
 * The part that a chunk holds. Nothing of it is checked but that it is JSON: the snapshot store
 * vouches for every byte, and for the program that wrote it being the very one that reads.
 */
export function decodeSaved<Part>(chunk: Uint8Array): Part {
  return JSON.parse(texts.decode(chunk)) as Part;
}
