// Our own checks. Each gives a list of findings for a workspace; none means it holds.
import * as boundaries from './boundaries.mjs';
import * as comments from './comments.mjs';
import * as dependencies from './dependencies.mjs';
import * as kinds from './kinds.mjs';
import * as names from './names.mjs';
import * as size from './size.mjs';

export const checks = [boundaries, comments, dependencies, kinds, names, size];
