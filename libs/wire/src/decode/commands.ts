import type { Static, TSchema } from '@sinclair/typebox';
import { failed, formatPlanDay, success, type Result } from '@tidemark/kernel';
import type { PlannerCommand, RunRequest } from '@tidemark/planning';
import { wireRefusal, type WireRefusal } from '../refusal.js';
import { commandSchemas, RunRequestData, type CommandKind } from '../schema/commands.js';
import { readNamed, writeNamed } from '../stored/named-values.js';
import { renderNumbers } from '../text/render-numbers.js';
import { validatorOf, type Validator } from '../validator.js';
import { readDimensions, Reading } from './reading.js';

const validators = Object.fromEntries(
  Object.entries(commandSchemas).map(([kind, schema]) => [kind, validatorOf<TSchema>(schema)]),
) as Record<CommandKind, Validator<TSchema>>;

const runValidator = validatorOf(RunRequestData);

interface CommandOptions {
  /** Numbers are taken for quantities: scenario files only. */
  readonly numbers?: 'refused' | 'taken';
}

/** Decodes a planner's command, `{ kind, … }` with the names of FORMAT. */
export function decodeCommand(
  value: unknown,
  options: CommandOptions = {},
): Result<PlannerCommand, WireRefusal> {
  const kind = kindOf(value);
  const validator = kind === undefined ? undefined : validators[kind];
  if (validator === undefined) return failed(unknownCommand());
  const wanted = options.numbers === 'taken' ? renderNumbers(validator.schema, value) : value;
  if (!validator.accepts(wanted)) return failed(validator.explain(wanted));
  const command = wanted as Static<(typeof commandSchemas)[CommandKind]>;
  const reading = new Reading();
  checkValues(command, reading);
  if (reading.failure !== undefined) return failed(reading.failure);
  const read = readNamed(command) as PlannerCommand & { readonly from?: unknown };
  if (read.kind === 'create') return success({ ...read, dimensions: dimensionsOf(command) });
  if (read.kind === 'autoReserve') return success(withRange(command, read, reading));
  return success(read);
}

/** The command as `decodeCommand` reads it. */
export function encodeCommand(command: PlannerCommand): unknown {
  const written = writeNamed(command);
  if (command.kind !== 'autoReserve') return written;
  const { from, until } = command;
  return {
    ...(written as object),
    ...(from === undefined ? {} : { from: formatPlanDay(from) }),
    ...(until === undefined ? {} : { until: formatPlanDay(until) }),
  };
}

/** Decodes a request for a run. */
export function decodeRunRequest(value: unknown): Result<RunRequest, WireRefusal> {
  if (!runValidator.accepts(value)) return failed(runValidator.explain(value));
  return success(value);
}

function kindOf(value: unknown): CommandKind | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  const { kind } = value;
  if (typeof kind !== 'string' || !Object.hasOwn(commandSchemas, kind)) return undefined;
  return kind as CommandKind;
}

type Command = Static<(typeof commandSchemas)[CommandKind]>;

/** Ranges that the schema cannot say: what exists as a day, and what is too large. */
function checkValues(command: Command, reading: Reading): void {
  for (const [field, value] of Object.entries(command)) {
    if (typeof value !== 'string') continue;
    if (field === 'quantity') reading.quantity(value, field);
    else if (field.endsWith('Date') || field === 'until') reading.day(value, field);
    else if (field === 'from') reading.day(value, field);
  }
  if ((command.kind === 'create' || command.kind === 'edit') && command.quantity !== undefined) {
    if (reading.quantity(command.quantity, 'quantity') === 0) {
      reading.refuse({
        rule: 'QTY_ZERO',
        code: 'INVALID_QUANTITY',
        field: 'quantity',
        message: 'The quantity of a planned order is 0.',
        remedy: 'Give a quantity above 0, or delete the order.',
      });
    }
  }
}

function dimensionsOf(command: Command) {
  return readDimensions(command.kind === 'create' ? command.dimensions : undefined);
}

function withRange(command: Command, read: PlannerCommand, reading: Reading): PlannerCommand {
  if (command.kind !== 'autoReserve' || read.kind !== 'autoReserve') return read;
  const { from, until } = command;
  return {
    kind: 'autoReserve',
    ...(command.types === undefined ? {} : { types: command.types }),
    ...(command.items === undefined ? {} : { items: command.items }),
    ...(from === undefined ? {} : { from: reading.day(from, 'from') }),
    ...(until === undefined ? {} : { until: reading.day(until, 'until') }),
  };
}

function unknownCommand(): WireRefusal {
  return wireRefusal({
    rule: 'UNKNOWN_COMMAND',
    field: 'kind',
    message: 'The command names no kind that is known here.',
    remedy: `Send { kind, … } with one of ${Object.keys(commandSchemas).join(', ')}.`,
  });
}
