import type { Json } from './served-house.js';

/** One server-sent event. */
export interface Told {
  readonly id?: number;
  readonly event?: string;
  readonly data?: Json;
}

/** Reads server-sent events until one satisfies the reader, then leaves. */
export async function readChanges(
  address: string,
  until: (told: Told) => boolean,
  headers: Record<string, string> = {},
): Promise<readonly Told[]> {
  const response = await fetch(address, { headers });
  const all: Told[] = [];
  let text = '';
  const decoder = new TextDecoder();
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const told of blocks.map(toldIn)) {
      if (told.id === undefined && told.event === undefined) continue;
      all.push(told);
      // Leaving the loop closes the connection.
      if (until(told)) return all;
    }
  }
  return all;
}

function toldIn(block: string): Told {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const id = fields.get('id');
  const event = fields.get('event');
  const data = fields.get('data');
  return {
    ...(id === undefined ? {} : { id: Number(id) }),
    ...(event === undefined ? {} : { event }),
    ...(data === undefined ? {} : { data: JSON.parse(data) as Json }),
  };
}
