/** Schemas of what the read models answer besides the lists of a plan. */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

const node = { item: text, dimensions: ref('Dimensions') };

const move = object({
  requirementDate: { type: 'string', format: 'date' },
  deliveryDate: { type: 'string', format: 'date' },
  quantity: text,
});

export const readModelSchemas: Readonly<Record<string, Schema>> = {
  Churn: object({
    ...node,
    order: text,
    moves: { ...count, description: 'Revisions in which its dates or its quantity changed.' },
    lastMove: object({ revision: count, before: move, after: move }),
  }),
  StockPlace: object({
    ...node,
    onHand: text,
    position: { ...text, description: 'The place in the log that moved it last.' },
  }),
  Journal: object({
    item: text,
    sequence: { ...count, description: 'Number of its last entry; they have no gaps.' },
    position: text,
    cause: text,
    source: text,
    subject: text,
    version: count,
  }),
  ReadModels: object({
    lagSeconds: { type: 'number', description: 'For how long they have been behind the log.' },
    items: {
      type: 'array',
      items: object({
        model: text,
        version: count,
        generation: count,
        through: { ...text, description: 'Everything up to this position can be read.' },
        isRebuilding: { type: 'boolean' },
      }),
    },
  }),
};
