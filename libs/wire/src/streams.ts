/** Families of streams of the one event store (docs/ARCHITECTURE.md). */
export const streamFamilies = {
  journal: 'journal',
  masterData: 'master-data',
  days: 'days',
  plans: 'plans',
  decisions: 'decisions',
  intake: 'intake',
  claims: 'claims',
  plan: 'plan',
  planners: 'planners',
} as const;

export type StreamFamily = keyof typeof streamFamilies;

export const familyNames = Object.keys(streamFamilies) as readonly StreamFamily[];

export const journalStream = (company: string, item: string): string =>
  `${companyPrefix('journal', company)}/${streamPart(item)}`;
export const masterDataStream = (company: string): string => companyPrefix('masterData', company);
export const daysStream = (company: string): string => companyPrefix('days', company);
export const plansStream = (company: string): string => companyPrefix('plans', company);
export const decisionsStream = (company: string): string => companyPrefix('decisions', company);
export const intakeStream = (company: string): string => companyPrefix('intake', company);
/** Which item each transaction is of, where several intakes write. */
export const claimsStream = (company: string): string => companyPrefix('claims', company);
/** Who plans the company, one event a change. */
export const plannersStream = (company: string): string => companyPrefix('planners', company);
export const planStream = (company: string, plan: string): string =>
  `${companyPrefix('plan', company)}/${streamPart(plan)}`;

/** The stream of a company in a family, or what the family's streams of the company begin with. */
export function companyPrefix(family: StreamFamily, company: string): string {
  return `${streamFamilies[family]}/${streamPart(company)}`;
}

/** The streams that one company's plans and journals are made of. */
export interface CompanyStreams {
  /** What to ask a store for. */
  readonly prefixes: readonly string[];
  /** Whether a stream that a store found is one of them: a prefix also matches longer names. */
  holds(stream: string): boolean;
}

/** The streams that are a company's inputs, and further ones of the same company. */
export function inputStreamsOf(company: string, ...further: readonly string[]): CompanyStreams {
  const journals = `${companyPrefix('journal', company)}/`;
  const others = [
    masterDataStream(company),
    daysStream(company),
    plansStream(company),
    decisionsStream(company),
    ...further,
  ];
  return {
    prefixes: [journals, ...others],
    holds: (stream) => stream.startsWith(journals) || others.includes(stream),
  };
}

const separators = /[%/]/g;

/**
 * A part of a stream name: `/` and `%` are percent-encoded, nothing else, so that 128 characters
 * of any script fit into the port's bound for names.
 */
export function streamPart(part: string): string {
  if (!part.includes('/') && !part.includes('%')) return part;
  return part.replace(separators, (character) => (character === '/' ? '%2F' : '%25'));
}

export interface StreamName {
  readonly family: StreamFamily;
  readonly company: string;
  /** Item of a journal, plan of a plan's stream. */
  readonly part?: string;
}

const familyByPrefix = new Map<string, StreamFamily>(
  Object.entries(streamFamilies).map(([family, prefix]) => [prefix, family as StreamFamily]),
);

/** The parts of a stream's name; undefined for a stream that is not ours. */
export function parseStreamName(stream: string): StreamName | undefined {
  const [prefix = '', company, part] = stream.split('/');
  const family = familyByPrefix.get(prefix);
  if (family === undefined || company === undefined) return undefined;
  const name = { family, company: decodePart(company) };
  return part === undefined ? name : { ...name, part: decodePart(part) };
}

function decodePart(part: string): string {
  return part.includes('%') ? part.replaceAll('%2F', '/').replaceAll('%25', '%') : part;
}
