import { ValidationPipe } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { wireRefusal } from '@tidemark/wire';
import { changeKinds, type ChangeKind } from '@tidemark/runtime';
import { Problem, statuses } from './problem.js';

export const pageLimits = { rows: 1_000, rowsDefault: 100, revisions: 100, demands: 500 } as const;

export const orderStages = ['planned', 'approved', 'frozen'] as const;
export const messageKinds = ['action', 'delay'] as const;

const idCharacters = 128;
const cursorCharacters = 4_000;
const positionCharacters = 64;
const revisionMax = Number.MAX_SAFE_INTEGER;

export class EventsQuery {
  /** The system that sends events which name none. */
  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  source?: string;
}

export class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageLimits.rows)
  limit?: number;

  @IsOptional()
  @IsString()
  @Length(1, cursorCharacters)
  cursor?: string;
}

export class PlanQuery {
  @IsOptional()
  @IsString()
  @Length(1, positionCharacters)
  minPosition?: string;
}

/** A page of a list that belongs to no plan. */
export class CompanyListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Length(1, positionCharacters)
  minPosition?: string;
}

export class ListQuery extends CompanyListQuery {
  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  item?: string;
}

export class OrdersQuery extends ListQuery {
  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  type?: string;

  @IsOptional()
  @IsIn(orderStages)
  status?: string;

  /** First and last requirement date. */
  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  fromDate?: string;

  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  toDate?: string;
}

/** A parameter that stands once is no list. */
function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

export class ShortagesQuery {
  /** Sales lines, orders or other demands; the parameter may stand several times. */
  @Transform(({ value }: { readonly value: unknown }) => listed(value))
  @IsString({ each: true })
  @Length(1, idCharacters, { each: true })
  @ArrayMaxSize(pageLimits.demands)
  demand: string[] = [];
}

export class MessagesQuery extends ListQuery {
  @IsOptional()
  @IsIn(messageKinds)
  messageKind?: string;
}

export class ChangesQuery {
  /** The last revision that the reader has; `Last-Event-ID` says the same and counts more. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(revisionMax)
  from?: number;

  @IsOptional()
  @IsString()
  @Length(1, idCharacters)
  item?: string;

  @IsOptional()
  @IsIn(changeKinds)
  kind?: ChangeKind;
}

/** Checks the query of a request against its class; nothing else is let through. */
export const queryPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: false,
  exceptionFactory: ([error]) => {
    const field = error?.property ?? '';
    const said = Object.values(error?.constraints ?? {})[0] ?? 'is not of the contract';
    return new Problem(
      statuses.badRequest,
      wireRefusal({
        rule: 'INVALID_QUERY',
        field,
        message: `The query is refused: ${said}.`,
        remedy: 'See /openapi.json for the parameters of this route.',
        values: { [field]: String(error?.value) },
      }),
    );
  },
});
