import type { Json, Listed, ServedHouse, Taken } from './served-house.js';

/** A caller who reads lists, each with all that the caller has sent before. */
export class ListReader {
  readonly #house: ServedHouse;
  readonly #company: string;
  /** The position that answers must have folded. */
  reached = '';

  constructor(house: ServedHouse, company: string) {
    this.#house = house;
    this.#company = company;
  }

  async send(events: readonly Json[]): Promise<string> {
    const { body } = await this.#house.post<Taken>(`${this.#company}/events`, events);
    expect(body).toMatchObject({ accepted: events.length, refusedRows: [] });
    this.reached = body.position;
    return body.position;
  }

  async listed(path: string): Promise<Listed> {
    const joint = path.includes('?') ? '&' : '?';
    const least = this.reached === '' ? '' : `${joint}minPosition=${this.reached}`;
    const { status, body } = await this.#house.get<Listed>(`${path}${least}`);
    expect([path, status]).toEqual([path, 200]);
    return body;
  }

  /** Every row of a list that may end with a query, in pages as large as there are. */
  async all(path: string): Promise<readonly Json[]> {
    return (await this.pagesOf(`${path}${path.includes('?') ? '&' : '?'}`, 1000)).flat();
  }

  /** Every row of a list, page by page; the path ends where a parameter may follow. */
  async pagesOf(path: string, limit: number): Promise<readonly (readonly Json[])[]> {
    const pages: (readonly Json[])[] = [];
    let cursor = '';
    do {
      const body = await this.listed(`${path}limit=${limit}${cursor}`);
      pages.push(body.items);
      cursor = body.cursor === undefined ? '' : `&cursor=${body.cursor}`;
    } while (cursor !== '');
    return pages;
  }
}
