import { unit } from '../reference/values.js';
import { onlyGiven } from './random-settings.js';
import type { StandingOrder, Teller, Telling } from './story.js';

function pickOrder({ dice, plan }: Telling): StandingOrder | undefined {
  return plan.orders.length === 0 ? undefined : dice.pick(plan.orders);
}

const approved: Teller = (telling) => {
  const order = pickOrder(telling);
  return order && { approve: order.name };
};

const unapproved: Teller = ({ dice, plan }) => {
  const kept = plan.orders.filter(({ status }) => status === 'approved');
  return kept.length === 0 ? undefined : { unapprove: dice.pick(kept).name };
};

const deleted: Teller = (telling) => {
  const order = pickOrder(telling);
  return order && { delete: order.name };
};

const edited: Teller = (telling) => {
  const order = pickOrder(telling);
  if (order === undefined) return undefined;
  const { dice, story } = telling;
  const quantity = dice.perhaps(0.6, () => dice.between(1, 40) * unit);
  const day = story.today + dice.between(0, 30);
  const dated = dice.pick([{}, { deliveryDate: day }, { requirementDate: day }]);
  return { edit: onlyGiven({ order: order.name, quantity, ...dated }) };
};

const created: Teller = ({ story, dice }) => {
  const place = dice.pick(story.places);
  const day = story.today + dice.between(0, 40);
  const dimensions = onlyGiven({
    color: place.colored ? 'green' : undefined,
    warehouse: place.stored ? dice.pick(['W0', 'W1']) : undefined,
  });
  const order = {
    id: story.nextName('MY'),
    item: place.id,
    quantity: dice.between(1, 30) * unit,
    dimensions,
  };
  const dated = dice.pick([{ requirementDate: day }, { deliveryDate: day }]);
  return { create: { ...order, ...dated } };
};

function firm(telling: Telling, chain: boolean) {
  const order = pickOrder(telling);
  return order && { firm: { order: order.name, chain } };
}

/** A source's order takes the place of the one that firming made. */
const replaced: Teller = ({ story, dice, plan }) => {
  const standing = plan.firmed.filter(({ id }) => !story.taken.has(id));
  if (standing.length === 0) return undefined;
  const made = dice.pick(standing);
  const image = {
    ...made,
    id: story.nextName('MO'),
    origin: made.id,
    quantity: dice.chance(0.7) ? made.quantity : dice.between(1, 30) * unit,
    date: dice.chance(0.7) ? made.date : made.date + dice.between(-2, 5),
  };
  story.taken.add(made.id);
  story.open.set(image.id, image);
  return { upsert: image };
};

const marked: Teller = ({ story, dice, plan }) => {
  const images = [...story.open.values(), ...plan.firmed];
  const issues = images.filter(({ direction }) => direction === 'issue');
  if (issues.length === 0) return undefined;
  const issue = dice.pick(issues);
  const receipts = images.filter(
    ({ direction, item }) => direction === 'receipt' && item === issue.item,
  );
  if (receipts.length === 0) return undefined;
  const quantity = dice.chance(0.2) ? 0 : dice.between(1, 20) * unit;
  return { mark: { issue: issue.id, receipt: dice.pick(receipts).id, quantity } };
};

const reserved: Teller = ({ story, dice }) => {
  const place = dice.pick(story.places);
  const until = dice.perhaps(0.5, () => story.today + dice.between(0, 30));
  return { autoReserve: onlyGiven({ items: [place.id], until }) };
};

/** What planners decide. */
export const decisionTellers = {
  approved,
  unapproved,
  deleted,
  edited,
  created,
  firmed: (telling: Telling) => firm(telling, false),
  firmedWithChain: (telling: Telling) => firm(telling, true),
  replaced,
  marked,
  reserved,
};
