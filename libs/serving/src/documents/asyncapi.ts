import { eventKinds } from '@tidemark/wire';
import { examples } from './examples.js';
import { componentSchemas, type Schema } from './schemas.js';

// The events that come in stand in their messages; a choice by `type` is not told twice.
const { Event: _, ...outgoingSchemas } = componentSchemas;

/** The events that come in and go out, as AsyncAPI 3 tells them. */
export function asyncapiDocument(): Schema {
  const incoming = Object.entries(eventKinds).map(
    ([type, { summary, schema }]): [string, Schema] => [
      messageName(type),
      incomingMessage(type, { summary, schema }),
    ],
  );
  const names = incoming.map(([name]) => name);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tidemark events',
      version: '1.0.0',
      description: 'Events in, as other systems publish them; changes of plans out.',
    },
    defaultContentType: 'application/json',
    channels: {
      'inventory.transactions': {
        address: '/v1/companies/{company}/events',
        description: 'Inventory transactions and their siblings: stock, master data, days, plans.',
        parameters: { company: { description: 'The company that the events are of.' } },
        messages: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
      'plan.changes': {
        address: '/v1/companies/{company}/plans/{plan}/changes',
        description: 'Each revision of a plan as it comes, numbered by the plan.',
        parameters: {
          company: { description: 'The company that is planned.' },
          plan: { description: 'The plan that is followed.' },
        },
        messages: { planRevised: { $ref: '#/components/messages/planRevised' } },
      },
    },
    operations: {
      takeEvents: {
        action: 'receive',
        channel: { $ref: '#/channels/inventory.transactions' },
        messages: names.map((name) => ({
          $ref: `#/channels/inventory.transactions/messages/${name}`,
        })),
      },
      publishRevision: {
        action: 'send',
        channel: { $ref: '#/channels/plan.changes' },
        messages: [{ $ref: '#/channels/plan.changes/messages/planRevised' }],
      },
    },
    components: {
      messages: { ...Object.fromEntries(incoming), planRevised: planRevised() },
      schemas: outgoingSchemas,
    },
  };
}

function messageName(type: string): string {
  return type.replaceAll('.', '_');
}

function incomingMessage(
  type: string,
  { summary, schema }: { readonly summary: string; readonly schema: Schema },
): Schema {
  return {
    name: type,
    title: type,
    summary,
    contentType: 'application/json',
    payload: schema,
    ...(examples.event.type === type ? { examples: [{ payload: examples.event }] } : {}),
  };
}

function planRevised(): Schema {
  return {
    name: 'revision',
    title: 'Plan revised',
    summary: 'One revision: its changed lines before and after, with their causes.',
    contentType: 'application/json',
    payload: { $ref: '#/components/schemas/Revision' },
  };
}
