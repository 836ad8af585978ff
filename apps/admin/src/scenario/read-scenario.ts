import {
  ScenarioData,
  validatorOf,
  decodeEvent,
  type EventType,
  type ScenarioStep,
} from '@tidemark/wire';
import { parsePlanDay } from '@tidemark/kernel';
import { calendarKeys } from '@tidemark/master-data';
import { LineCounter, parseDocument, isNode, type Document } from 'yaml';
import { openingEvents } from './opening.js';

/** Why a scenario file cannot be run, and where. */
export interface Malformed {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** A file is no scenario: exit code 2. */
export class MalformedScenario extends Error {
  override readonly name = 'MalformedScenario';

  constructor(readonly faults: readonly Malformed[]) {
    super(faults.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join('\n'));
  }
}

const validator = validatorOf(ScenarioData);

/** @throws MalformedScenario with file, line and reason. */
export function readScenario(file: string, text: string): ScenarioData {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const refuse = (line: number, reason: string): never => {
    throw new MalformedScenario([{ file, line, reason }]);
  };
  const [fault] = document.errors;
  if (fault !== undefined) refuse(lineAt(fault.pos[0]), fault.message);
  const value: unknown = document.toJS();
  if (!validator.accepts(value)) {
    const { field, message } = validator.explain(value);
    throw new MalformedScenario([
      { file, line: lineOf(document, lineAt, field.split('/')), reason: message },
    ]);
  }
  for (const { path, reason } of faultsOf(value)) {
    refuse(lineOf(document, lineAt, path), reason);
  }
  return value;
}

/** Line of the node at a path, or of the deepest one above it that is there. */
function lineOf(
  document: Document.Parsed,
  lineAt: (offset: number) => number,
  path: readonly string[],
): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const keys = path.slice(0, depth).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const node: unknown = document.getIn(keys, true);
    if (isNode(node) && node.range !== undefined && node.range !== null) {
      return lineAt(node.range[0]);
    }
  }
  return 1;
}

interface Fault {
  readonly path: readonly string[];
  readonly reason: string;
}

function* faultsOf(scenario: ScenarioData): IterableIterator<Fault> {
  const today = parsePlanDay(scenario.today);
  if (!today.ok) yield { path: ['today'], reason: today.failure.message };
  for (const { event, path } of openingEvents(scenario)) {
    const read = decodeEvent(event, { company: 'scenario', source: 'scenario', numbers: 'taken' });
    if (!read.ok) yield { path, reason: `${path.join('/')}: ${read.failure.message}` };
  }
  yield* repeatedIds(scenario);
  yield* unknownReferences(scenario);
  for (const [at, step] of (scenario.steps ?? []).entries()) yield* stepFaults(step, at);
}

function* repeatedIds({ transactions = [] }: ScenarioData): IterableIterator<Fault> {
  const seen = new Set<unknown>();
  for (const [at, { id }] of transactions.entries()) {
    if (seen.has(id)) {
      yield { path: ['transactions', String(at)], reason: `Two transactions are ${String(id)}.` };
    }
    seen.add(id);
  }
}

function* unknownReferences(scenario: ScenarioData): IterableIterator<Fault> {
  const { items = {}, coverageGroups = {}, calendars = {} } = scenario;
  const known = (map: object, name: unknown): boolean =>
    name === undefined || (typeof name === 'string' && Object.hasOwn(map, name));
  for (const [id, item] of Object.entries(items)) {
    const path = ['items', id];
    if (!known(coverageGroups, item['coverageGroup'])) {
      yield { path, reason: `Item ${id} names an unknown coverage group.` };
    }
    for (const key of ['calendar', 'leadTimeCalendar']) {
      if (!known(calendars, item[key])) {
        yield { path, reason: `Item ${id} names an unknown calendar.` };
      }
    }
    for (const settings of settingsIn(item)) {
      if (calendarKeys.every((key) => known(calendars, settings[key]))) continue;
      yield { path, reason: `Settings of item ${id} name an unknown calendar.` };
    }
  }
  for (const [id, group] of Object.entries(coverageGroups)) {
    if (calendarKeys.every((key) => known(calendars, group[key]))) continue;
    const path = ['coverageGroups', id];
    yield { path, reason: `Coverage group ${id} names an unknown calendar.` };
  }
  const rows: [string, readonly Readonly<Record<string, unknown>>[]][] = [
    ['boms', scenario.boms ?? []],
    ['onHand', scenario.onHand ?? []],
    ['transactions', scenario.transactions ?? []],
  ];
  for (const [key, list] of rows) {
    for (const [at, row] of list.entries()) {
      for (const item of itemsIn(row)) {
        if (known(items, item)) continue;
        yield { path: [key, String(at)], reason: `${key}/${at} names unknown item ${item}.` };
      }
    }
  }
}

type Settings = Readonly<Record<string, unknown>>;

/** The coverage settings of an item: its own, and those by dimension. */
function settingsIn(item: Settings): Settings[] {
  const { coverage, coverageByDimension } = item;
  const entries: unknown[] = Array.isArray(coverageByDimension) ? coverageByDimension : [];
  return [coverage, ...entries].filter(
    (settings): settings is Settings => typeof settings === 'object' && settings !== null,
  );
}

function itemsIn(row: Readonly<Record<string, unknown>>): string[] {
  const lines: unknown = row['lines'];
  const ofLines = Array.isArray(lines) ? lines.map((line: { item?: unknown }) => line.item) : [];
  return [row['item'], ...ofLines].filter((item) => typeof item === 'string');
}

const changeTypes: readonly (readonly [string, EventType])[] = [
  ['upsert', 'inventory.transaction.changed.v1'],
  ['bom', 'bom.changed.v1'],
];

/** Data of events in steps: their keys and forms; values that are refused are the step's matter. */
function* stepFaults(step: ScenarioStep, at: number): IterableIterator<Fault> {
  for (const [entry, change] of (step.change ?? []).entries()) {
    for (const [key, type] of changeTypes) {
      const data: unknown = Object.entries(change).find(([name]) => name === key)?.[1];
      if (data === undefined) continue;
      const event = { type, version: 1, data };
      const read = decodeEvent(event, { company: 'scenario', source: 's', numbers: 'taken' });
      if (read.ok || read.failure.rule !== 'UNKNOWN_PROPERTY') continue;
      const path = ['steps', String(at), 'change', String(entry), key];
      yield { path, reason: read.failure.message };
    }
  }
}
