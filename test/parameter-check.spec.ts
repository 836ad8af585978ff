import { createPlanningEngine, type PlanningInput } from '@tidemark/planning';
import { ruleCases } from './parameter-check/rule-cases.js';
import {
  approveFirst,
  check,
  engineOf,
  group,
  item,
  purchase,
  sales,
} from './parameter-check/worlds.js';

describe('the parameter check', () => {
  it.each(ruleCases.map((one) => [`${one.rule}: ${one.what}`, one] as const))('%s', (_, one) => {
    const found = check(one.rule, one.has, one.plan);
    expect(found.map(({ subject }) => subject)).toContainEqual(one.subject);
    const finding = found.find(({ subject }) => subject.kind === one.subject.kind);
    expect(finding?.proposal).toMatch(one.proposal);
    expect(Object.keys(finding?.values ?? {}).length).toBeGreaterThan(0);
    expect(check(one.rule, one.hasNot, one.planWithout ?? one.plan)).toEqual([]);
  });

  it('PC-9: actions of a group on which nobody decides, in a plan where people do', () => {
    const actions = { advance: true, postpone: true, cancel: true };
    const inputs = [
      group('G', { actions, actionFence: 60 }),
      item('A', { coverageGroup: 'G' }),
      item('B'),
      ...sales('B', 10),
      purchase('A', 5),
    ];
    const engine = engineOf(inputs);
    const of9 = () => engine.checkParameters('P').filter(({ rule }) => rule === 'PC-9');
    expect(of9()).toEqual([]);
    approveFirst(engine, 'B');
    expect(of9()).toMatchObject([
      { subject: { kind: 'group', id: 'G' }, values: { actionMessages: 1, items: 1 } },
    ]);
    engine.apply(sales('A', 40)[0] as PlanningInput, '101');
    engine.apply(sales('A', 50)[0] as PlanningInput, '102');
    engine.follow('P');
    approveFirst(engine, 'A');
    expect(of9()).toEqual([]);
  });

  it('PC-18: finds nothing, workers are no part of a plan', () => {
    expect(check('PC-18', [item('A'), ...sales('A', 3)])).toEqual([]);
  });

  it('tells a setting of a group once, at the group', () => {
    const found = check('PC-3', [
      group('G', { positiveDays: 0 }),
      item('A', { coverageGroup: 'G' }),
      item('B', { coverageGroup: 'G', leadTime: 9 }),
      ...sales('A', 20),
      ...sales('B', 20),
    ]);
    expect(found).toMatchObject([
      {
        subject: { kind: 'group', id: 'G' },
        values: { positiveDays: 0, leadTime: '6-9', items: 2, among: 'A, B' },
        proposal: 'positiveDays 9',
      },
    ]);
  });

  it('tells a default of many items once, at the plan', () => {
    const many = Array.from({ length: 21 }, (_, at) => `I${at}`);
    const found = check('PC-1', [
      ...many.map((id) => item(id)),
      ...many.flatMap((id) => sales(id, 3)),
    ]);
    expect(found.map(({ subject }) => subject.kind)).toEqual(['plan', 'plan']);
    expect(found[0]?.values).toMatchObject({ items: 21 });
  });

  it('has nothing to say of a plan that it does not know', () => {
    expect(createPlanningEngine().checkParameters('nowhere')).toEqual([]);
  });
});
