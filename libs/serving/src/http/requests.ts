import { plainToInstance, Type } from 'class-transformer';
import {
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
  validateSync,
} from 'class-validator';
import {
  dimensionNames,
  formatPlanDay,
  formatQuantity,
  parsePlanDay,
  parseQuantity,
  pickDimensions,
  type Dimensions,
  type Result,
} from '@tidemark/kernel';
import type { Refusal } from '@tidemark/kernel';
import type { PromiseRequest } from '@tidemark/planning';
import { atField, wireRefusal, type WireRefusal } from '@tidemark/wire';
import { refuse } from './problem.js';

const idCharacters = 128;
const promiseMethods = ['ctp', 'atp', 'atpIssueMargin'] as const;

export class PlanCopyBody {
  @IsString()
  @Length(1, idCharacters)
  from = '';

  @IsString()
  @Length(1, idCharacters)
  to = '';
}

class DimensionsBody {
  @IsOptional()
  @IsString()
  configuration?: string;

  @IsOptional()
  @IsString()
  size?: string;

  @IsOptional()
  @IsString()
  color?: string;

  @IsOptional()
  @IsString()
  style?: string;

  @IsOptional()
  @IsString()
  site?: string;

  @IsOptional()
  @IsString()
  warehouse?: string;
}

export class PromiseBody {
  @IsString()
  @Length(1, idCharacters)
  id = '';

  @IsString()
  @Length(1, idCharacters)
  item = '';

  @IsString()
  quantity = '';

  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  date = '';

  @IsIn(promiseMethods)
  method: (typeof promiseMethods)[number] = 'ctp';

  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  plan?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => DimensionsBody)
  dimensions?: DimensionsBody;
}

export function readPlanCopy(value: unknown): PlanCopyBody {
  return checked(PlanCopyBody, value);
}

export function readPromise(value: unknown): PromiseRequest {
  const { id, item, quantity, date, method, plan, dimensions } = checked(PromiseBody, value);
  const wanted: Dimensions = { ...dimensions };
  return {
    id,
    item,
    dimensions: pickDimensions(wanted, dimensionNames),
    quantity: readAt('quantity', quantity, parseQuantity(quantity)),
    date: readAt('date', date, parsePlanDay(date)),
    method,
    ...(plan === undefined ? {} : { plan }),
  };
}

/** The body that `readPromise` reads. */
export function writePromise({ quantity, date, ...request }: PromiseRequest): object {
  return { ...request, quantity: formatQuantity(quantity), date: formatPlanDay(date) };
}

function readAt<Value>(field: string, text: string, read: Result<Value, Refusal>): Value {
  return read.ok ? read.value : refuse(atField(read.failure, field, text));
}

function checked<Body extends object>(shape: new () => Body, value: unknown): Body {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(invalid('', 'The body is no JSON object.'));
  }
  const body = plainToInstance(shape, value);
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
  const [error] = validateSync(body, options);
  if (error === undefined) return body;
  const inner = error.children?.[0] ?? error;
  const said = Object.values(inner.constraints ?? {})[0] ?? 'it is not of the contract';
  return refuse(invalid(error.property, `The body is refused: ${said}.`));
}

function invalid(field: string, message: string): WireRefusal {
  const remedy = 'See /openapi.json for the body of this route.';
  return wireRefusal({ rule: 'INVALID_BODY', field, message, remedy });
}
