import { decodeStored } from './decode-stored.js';
import type { ReadableEvent } from './readable-event.js';

/** What a position of one store is in another one. */
export type TranslatePosition = (position: string) => string;

type Data = Readonly<Record<string, unknown>>;

/**
 * Everything in stored events that names a place of the log, by type: the cut of a run, where a
 * revision stands and what caused it. A type that is not named here names none.
 */
const translators: Readonly<Record<string, (data: Data, to: TranslatePosition) => Data>> = {
  RunRecorded: (data, to) => ({ ...data, run: withPlaces(data['run'] as Data, ['cut'], to) }),
  PlanRevisionCommitted: (data, to) => withPlaces(data, ['tidemark', 'position'], to),
  PlanRevisionChunk: (data, to) => ({
    ...data,
    nodes: (data['nodes'] as readonly Data[]).map((node) => ({
      ...node,
      causes: (node['causes'] as readonly Data[]).map((cause) =>
        withPlaces(cause, ['position'], to),
      ),
    })),
  }),
};

/** Whether events of a type name places of the log. */
export function namesPositions(type: string): boolean {
  return Object.hasOwn(translators, type);
}

/**
 * The data of an event as it is to stand in another store; undefined: as it stands.
 *
 * @throws UnreadableEvent for data that this release does not know: who knows where its places are?
 */
export function translatedData(event: ReadableEvent, to: TranslatePosition): unknown {
  const translate = translators[event.type];
  if (translate === undefined) return undefined;
  decodeStored(event);
  return translate(event.data as Data, to);
}

function withPlaces(data: Data, names: readonly string[], to: TranslatePosition): Data {
  const places = names.flatMap((name) => {
    const place = data[name];
    return typeof place === 'string' ? [[name, to(place)] as const] : [];
  });
  return { ...data, ...Object.fromEntries(places) };
}
