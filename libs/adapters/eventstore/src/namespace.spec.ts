import { namespaceOf } from './namespace.js';

describe('a namespace', () => {
  it('tells its own streams from those of others, of the server and of its own beginning', () => {
    const namespace = namespaceOf('plant_1');
    expect(namespace.storedName('journal/acme/A%2F1')).toBe('plant_1-journal/acme/A%2F1');
    expect(namespace.streamOf('plant_1-journal/acme/A%2F1')).toBe('journal/acme/A%2F1');
    for (const other of ['plant_1', 'plant_10-journal', '$plant_1-a', 'xplant_1-a', '$all']) {
      expect(namespace.streamOf(other)).toBeUndefined();
    }
  });

  it('finds streams by the very characters they begin with', () => {
    const names = ['a/x', 'a/\u0301x', 'a.x', 'A/x', 'b|/x', 'b\u{1f600}/x', 'a/'];
    const cases: readonly (readonly [readonly string[] | undefined, readonly string[]])[] = [
      [['a/'], ['a/x', 'a/\u0301x', 'a/']],
      [
        ['a.', 'A'],
        ['a.x', 'A/x'],
      ],
      [
        ['b|', 'b\u{1f600}'],
        ['b|/x', 'b\u{1f600}/x'],
      ],
      [[''], names],
      [undefined, names],
      [[], []],
    ];
    const namespace = namespaceOf('plant.1');
    for (const [prefixes, wanted] of cases) {
      const pattern = new RegExp(namespace.pattern(prefixes));
      const found = names.filter((name) => pattern.test(namespace.storedName(name)));
      expect(found).toEqual(wanted);
      expect(pattern.test('plantx1-a/x')).toBe(false);
    }
  });

  it('is refused when another could begin with it, or the server uses it', () => {
    for (const name of ['', 'a-b', '$all', '.a', 'a/b', 'ä', 'a'.repeat(65)]) {
      expect(() => namespaceOf(name)).toThrow(RangeError);
    }
  });
});
