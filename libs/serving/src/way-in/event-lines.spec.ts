import { batchesOfLines, batchLimits } from './event-lines.js';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(bytes: Uint8Array, size: number) {
  const batches: (readonly string[])[] = [];
  let refused = '';
  for await (const batch of batchesOfLines(inPieces(bytes, size))) {
    if (batch.ok) batches.push(batch.value);
    else refused = batch.failure.message;
  }
  return { batches, refused };
}

describe('a stream of lines', () => {
  it.each([1, 2, 3, 7, 1_000])('gives the same lines in pieces of %i bytes', async (size) => {
    const bytes = Buffer.from('{"a":"é€😀"}\n\n  \r\n{"b":1}\r\nlast');
    const { batches, refused } = await readAll(bytes, size);
    expect(batches).toEqual([['{"a":"é€😀"}', '{"b":1}\r', 'last']]);
    expect(refused).toBe('');
  });

  it('is cut into batches of a bounded number of lines', async () => {
    const bytes = Buffer.from('1\n'.repeat(batchLimits.lines * 2 + 1));
    const { batches } = await readAll(bytes, 65_536);
    expect(batches.map(({ length }) => length)).toEqual([batchLimits.lines, batchLimits.lines, 1]);
  });

  it('is read no further than the batch that is being taken', async () => {
    let read = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array, void, void> {
      for (;;) {
        read += 1;
        yield Buffer.from('1\n');
      }
    };
    for await (const batch of batchesOfLines(endless())) {
      expect(batch.ok).toBe(true);
      break;
    }
    expect(read).toBe(batchLimits.lines);
  });

  it('ends at a line that is no text; what stands before it is taken', async () => {
    const bytes = Buffer.concat([
      Buffer.from('1\n2\n'),
      Buffer.from([0xff, 10]),
      Buffer.from('4\n'),
    ]);
    const { batches, refused } = await readAll(bytes, 3);
    expect(batches).toEqual([['1', '2']]);
    expect(refused).toContain('Line 3: The bytes are not UTF-8');
  });

  it('ends at a line that is longer than any event', async () => {
    const { batches, refused } = await readAll(Buffer.alloc(4_000_000, 'x'), 65_536);
    expect(batches).toEqual([]);
    expect(refused).toContain('Line 1 is longer than');
  });
});
