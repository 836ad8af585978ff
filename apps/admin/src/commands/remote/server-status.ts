import { companyPath, isBody, type Body, type Server } from './server.js';

/** A plan of a running server. */
export interface ServedPlan {
  readonly id: string;
  readonly kind: string;
  readonly continuity: string;
  readonly isCurrent: boolean;
  readonly revision: number;
  readonly tidemark: string;
}

export interface ServedCompany {
  readonly company: string;
  /** Items that have a journal. */
  readonly items: number;
  readonly parked: number;
  readonly deadLetters: number;
  readonly plans: readonly ServedPlan[];
}

export interface ServedModel {
  readonly model: string;
  readonly version: number;
  readonly through: string;
  readonly isRebuilding: boolean;
}

/** What a running server tells of itself. */
export interface ServerStatus {
  readonly companies: readonly ServedCompany[];
  /** Absent: another process makes them. */
  readonly readModels?: readonly ServedModel[];
}

export async function statusOfServer(server: Server): Promise<ServerStatus> {
  const names = itemsOf(await server.get('/v1/companies')).map(String);
  const companies = await Promise.all(names.map((name) => companyOf(server, name)));
  if (!(await server.serves('/v1/read-models'))) return { companies };
  const models = itemsOf(await server.get('/v1/read-models')).filter(isBody);
  return { companies, readModels: models.map(modelOf) };
}

async function companyOf(server: Server, company: string): Promise<ServedCompany> {
  const path = companyPath(company);
  const total = async (list: string): Promise<number> =>
    Number((await server.get(`${path}/${list}?limit=1`))['total']);
  return {
    company,
    items: await total('journals'),
    parked: await total('parked'),
    deadLetters: await total('dead-letters'),
    plans: itemsOf(await server.get(`${path}/plans`))
      .filter(isBody)
      .map(planOf),
  };
}

function planOf(row: Body): ServedPlan {
  const definition = isBody(row['definition']) ? row['definition'] : {};
  return {
    id: String(row['plan']),
    kind: String(definition['kind']),
    continuity: String(definition['continuity']),
    isCurrent: row['isCurrentDynamic'] === true,
    revision: Number(row['revision']),
    tidemark: String(row['tidemark']),
  };
}

function modelOf({ model, version, through, isRebuilding }: Body): ServedModel {
  return {
    model: String(model),
    version: Number(version),
    through: typeof through === 'string' ? through : 'not built',
    isRebuilding: isRebuilding === true,
  };
}

function itemsOf({ items }: Body): readonly unknown[] {
  return Array.isArray(items) ? items : [];
}
