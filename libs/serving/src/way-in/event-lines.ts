import { failed, success, type Result } from '@tidemark/kernel';
import { eventTextLimits, readText, wireRefusal, type WireRefusal } from '@tidemark/wire';

/** Lines of one batch of a stream, and bytes after which it is taken though it is not full. */
export const batchLimits = { lines: 2_000, bytes: 4_000_000 } as const;

const newline = 10;
const bytesPerCharacterMax = 4;
const lineBytesMax = eventTextLimits.characters * bytesPerCharacterMax;

/**
 * Cuts a stream of bytes into batches of lines; blank lines are left out. The next bytes are read
 * when the batch has been taken: a sender cannot be faster than the log.
 *
 * Ends with a refusal at the first line that is no text or too long to be one event.
 */
export async function* batchesOfLines(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Result<readonly string[], WireRefusal>, void, void> {
  const lines = new Lines();
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      lines.end(chunk.subarray(start, end));
      start = end + 1;
      if (lines.isFull) yield success(lines.take());
      if (lines.refusal !== undefined) break;
    }
    lines.begin(chunk.subarray(start));
    if (lines.refusal !== undefined) break;
  }
  lines.end(new Uint8Array());
  const rest = lines.take();
  if (rest.length > 0) yield success(rest);
  if (lines.refusal !== undefined) yield failed(lines.refusal);
}

/** The lines that wait to be taken, and the one that has begun. */
class Lines {
  refusal: WireRefusal | undefined;
  #texts: string[] = [];
  #bytes = 0;
  #number = 0;
  #begun: Uint8Array[] = [];
  #begunBytes = 0;

  get isFull(): boolean {
    return this.#texts.length >= batchLimits.lines || this.#bytes >= batchLimits.bytes;
  }

  begin(part: Uint8Array): void {
    if (part.length === 0 || this.refusal !== undefined) return;
    this.#begun.push(part);
    this.#begunBytes += part.length;
    if (this.#begunBytes > lineBytesMax) this.refusal = tooLong(this.#number + 1);
  }

  end(part: Uint8Array): void {
    this.begin(part);
    if (this.refusal !== undefined) return;
    this.#number += 1;
    const read = readText(Buffer.concat(this.#begun));
    this.#bytes += this.#begunBytes;
    this.#begun = [];
    this.#begunBytes = 0;
    if (!read.ok) this.refusal = inLine(read.failure, this.#number);
    else if (read.value.trim() !== '') this.#texts.push(read.value);
  }

  take(): readonly string[] {
    const texts = this.#texts;
    this.#texts = [];
    this.#bytes = 0;
    return texts;
  }
}

function tooLong(line: number): WireRefusal {
  return wireRefusal({
    rule: 'TOO_LONG',
    field: '',
    message: `Line ${line} is longer than ${lineBytesMax} bytes: no event is.`,
    remedy: 'Send one JSON object a line, each ended by a line feed.',
    values: { line: String(line) },
  });
}

function inLine(refusal: WireRefusal, line: number): WireRefusal {
  const message = `Line ${line}: ${refusal.message}`;
  return { ...refusal, message, values: { ...refusal.values, line: String(line) } };
}
