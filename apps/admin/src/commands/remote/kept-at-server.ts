import { readParked, readLetter, type DeadLetter, type ParkedChange } from '@tidemark/wire';
import { companyPath, type Server } from './server.js';

interface Kept {
  readonly parked: ParkedChange;
  readonly 'dead-letters': DeadLetter;
}

const readers: { readonly [List in keyof Kept]: (row: unknown) => Kept[List] | undefined } = {
  parked: readParked,
  'dead-letters': readLetter,
};

/** What a server keeps of a company's events that are not in its journals. */
export async function keptAtServer<List extends keyof Kept>(
  server: Server,
  company: string,
  list: List,
): Promise<readonly Kept[List][]> {
  const found: Kept[List][] = [];
  for await (const row of server.rows(`${companyPath(company)}/${list}`)) {
    const read = readers[list](row);
    if (read !== undefined) found.push(read);
  }
  return found;
}
