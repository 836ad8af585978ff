// A rule is switched off only with its reason; work left over only with its issue.
import { isTestCode } from './workspace.mjs';

export const name = 'comments';

const rules = [
  {
    pattern: /(?:\/\/|\/\*|^\s*\*).*\b(?:TODO|FIXME|XXX|HACK)\b(?!\s*\(?#\d+)/,
    says: 'work left over needs its issue: TODO(#12)',
  },
  {
    pattern: /(?:\/\/|\/\*)\s*eslint-disable(?!.*\s--\s+\S.{9,})/,
    says: 'switching a lint rule off needs a reason: … -- because',
  },
  {
    pattern: /(?:\/\/|\/\*)\s*@ts-(?:ignore|nocheck)/,
    says: 'a type error is expected with its reason (@ts-expect-error), never ignored',
  },
  {
    pattern: /(?:\/\/|\/\*)\s*@ts-expect-error(?!\S*\s+\S.{9,})/,
    says: '@ts-expect-error needs a reason',
  },
  { pattern: /(?:\/\/|\/\*)\s*prettier-ignore\s*$/, says: 'prettier-ignore needs a reason' },
];

const testRules = [
  {
    pattern: /^\s*(?:(?:describe|it|test)\.(?:only|skip|todo)\b|[xf](?:describe|it|test)\()/,
    says: 'no test is skipped, left for later or run alone',
  },
];

export function check(workspace) {
  return workspace.sources.flatMap((path) => {
    const applied = isTestCode(path) ? [...rules, ...testRules] : rules;
    return workspace
      .textOf(path)
      .split('\n')
      .flatMap((line, index) =>
        applied
          .filter(({ pattern }) => pattern.test(line))
          .map(({ says }) => `${path}:${index + 1}: ${says}`),
      );
  });
}
