/**
 * The plan that is meant when none is named (PL-1): the one chosen; else the first of the kind,
 * then of kind both, then the first.
 */
export function chosenPlan(
  kind: 'dynamic' | 'static',
  chosen: string | undefined,
  plans: readonly { readonly id: string; readonly kind: string }[],
): string {
  if (chosen !== undefined && plans.some(({ id }) => id === chosen)) return chosen;
  const found =
    plans.find((plan) => plan.kind === kind) ?? plans.find((plan) => plan.kind === 'both');
  return (found ?? plans[0])?.id ?? 'dynamic';
}
