import { nameLimits } from '@tidemark/streams';

/**
 * Our streams on a server that may hold others: `<namespace>-<stream>`. The namespace has no `-`,
 * so none is the beginning of another, no name of ours begins with `$` (the server's own streams),
 * and the server's category of all of them is the namespace. The rest of the name goes over as it
 * is: names are bytes to the server, `/`, `%` and letters of any script among them.
 */
export interface Namespace {
  /** The stream that says when the namespace began; not one of `streams`. */
  readonly ownStream: string;
  storedName(stream: string): string;
  /** The stream's name without the namespace, or undefined for a stream of others. */
  streamOf(storedName: string): string | undefined;
  /**
   * The pattern by which the server finds streams that begin with one of these; default: all of the
   * namespace.
   */
  pattern(streamPrefixes: readonly string[] | undefined): string;
}

const namespaceLengthMax = 64;

/** @throws RangeError for a name that is not 1 to 64 letters, digits, dots and underscores. */
export function namespaceOf(name: string): Namespace {
  if (name.length > namespaceLengthMax || !/^[A-Za-z0-9][A-Za-z0-9_.]*$/.test(name)) {
    throw new RangeError(
      `The namespace ${JSON.stringify(name.slice(0, nameLimits.stream))} must be 1 to ` +
        `${namespaceLengthMax} letters, digits, dots and underscores, the first a letter or digit.`,
    );
  }
  const prefix = `${name}-`;
  return {
    ownStream: name,
    storedName: (stream) => prefix + stream,
    streamOf: (stored) => (stored.startsWith(prefix) ? stored.slice(prefix.length) : undefined),
    pattern: (wanted = ['']) => `^${escaped(prefix)}(?:${alternatives(wanted)})`,
  };
}

// Not the server's own filter by prefix: that one compares by the rules of a language, by which
// `journal/` is no beginning of `journal/` with an accent behind it, and such events are left out.
function alternatives(prefixes: readonly string[]): string {
  // No name holds a control character, so this finds nothing.
  return prefixes.length === 0 ? '\\u0000' : prefixes.map(escaped).join('|');
}

function escaped(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
