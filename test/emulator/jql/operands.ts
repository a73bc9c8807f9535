/** The right side of a clause: written values, lists and functions become what the field's values are compared with. */
import type { Operand } from '@atlaskit/jql-ast';
import type { JqlEnv, JqlField, JqlFunction, Scalar } from './jql-env';
import { isMomentFunction, momentOfFunction, readMoment } from './moments';
import { problems } from './problems';
import { dayOf } from './zone';

/** What an operand stands for. `values` may be empty (a function that finds nothing). */
export interface Meaning {
  values: Scalar[];
  /** EMPTY or NULL is among them. */
  empty: boolean;
  /** It came from a function that gives a list, which only IN takes. */
  list?: boolean;
}

/** Functions that Jira has and this emulator refuses rather than guess. */
const REFUSED_FUNCTIONS = new Set(
  [
    'linkedIssue',
    'currentLogin',
    'lastLogin',
    'choiceOption',
    'parentEpic',
    'childIssuesOf',
    'breached',
    'approved',
    'approver',
    'myApproval',
    'pending',
    'pendingBy',
    'organizationMembers',
    'inactiveUsers',
  ].map((name) => name.toLowerCase()),
);

/** Reads an operand; what is wrong goes to `errors` and gives no value. `shown` is the field's name as written. */
export function readOperand(
  operand: Operand,
  field: JqlField,
  shown: string,
  env: JqlEnv,
  errors: string[],
): Meaning {
  switch (operand.operandType) {
    case 'keyword':
      return { values: [], empty: true };
    case 'value':
      return { values: readValue(operand.value, field, shown, env, errors), empty: false };
    case 'function':
      return {
        values: readFunction(
          operand.function.value,
          operand.arguments.map(({ value }) => value),
          field,
          shown,
          env,
          errors,
        ),
        empty: false,
        list:
          env.functions?.get(operand.function.value.toLowerCase())?.single !== true &&
          env.functions?.has(operand.function.value.toLowerCase()) === true,
      };
    case 'list': {
      const members = operand.values.map((member) => readOperand(member, field, shown, env, errors));
      return {
        values: members.flatMap(({ values }) => values),
        empty: members.some(({ empty }) => empty),
      };
    }
  }
}

function readValue(written: string, field: JqlField, shown: string, env: JqlEnv, errors: string[]): Scalar[] {
  switch (field.kind) {
    case 'text':
    case 'label':
    case 'presence':
      return [written];
    case 'number': {
      const number = Number(written);
      if (written.trim() !== '' && Number.isFinite(number)) return [number];
      errors.push(problems.badNumber(written, shown));
      return [];
    }
    case 'duration': {
      const seconds = readDuration(written);
      if (seconds !== undefined) return [seconds];
      errors.push(problems.badDuration(written, shown));
      return [];
    }
    case 'order':
      return [];
    case 'date':
    case 'datetime': {
      const at = readMoment(written, env);
      if (at !== undefined) return [asDateValue(at, field, env)];
      errors.push(problems.badDate(written, shown));
      return [];
    }
    case 'choice':
    case 'ranked':
    case 'user':
    case 'issue': {
      const ids = env.resolve(field, written);
      if (ids.length === 0)
        errors.push((field.kind === 'issue' ? problems.noIssue : problems.noValue)(written, shown));
      return [...ids];
    }
  }
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { w: 144_000, d: 28_800, h: 3_600, m: 60 };

/** Working time as worklogs write it, a day of eight hours; a bare number is minutes. */
function readDuration(written: string): number | undefined {
  const text = written.trim();
  if (/^\d+$/.test(text)) return Number(text) * 60;
  if (!/^(\d+[wdhm])(\s*\d+[wdhm])*$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhm])/g)) {
    seconds += Number(count) * (UNIT_SECONDS[String(unit)] ?? 0);
  }
  return seconds;
}

function asDateValue(at: number, field: JqlField, env: JqlEnv): Scalar {
  return field.kind === 'date' ? dayOf(at, env.timeZone) : at;
}

function readFunction(
  name: string,
  args: readonly string[],
  field: JqlField,
  shown: string,
  env: JqlEnv,
  errors: string[],
): Scalar[] {
  if (isMomentFunction(name)) {
    const at = momentOfFunction(name, args, env);
    if (at !== undefined && (field.kind === 'date' || field.kind === 'datetime'))
      return [asDateValue(at, field, env)];
    errors.push(problems.badFunction(name, shown));
    return [];
  }
  if (name.toLowerCase() === 'currentuser') {
    if (field.kind !== 'user' || args.length > 0) errors.push(problems.badFunction(name, shown));
    return env.currentUser === undefined ? [] : [env.currentUser];
  }
  const known = env.functions?.get(name.toLowerCase());
  if (known !== undefined) return runFunction(known, name, args, { field, shown, errors });
  errors.push(
    REFUSED_FUNCTIONS.has(name.toLowerCase())
      ? problems.notEmulated(`JQL function '${name}()'`)
      : problems.noFunction(name),
  );
  return [];
}

function runFunction(
  known: JqlFunction,
  name: string,
  args: readonly string[],
  { field, shown, errors }: { field: JqlField; shown: string; errors: string[] },
): Scalar[] {
  if (!known.fits(field)) {
    errors.push(problems.badFunction(name, shown));
    return [];
  }
  if (args.length < known.counts[0] || args.length > known.counts[1]) {
    errors.push(problems.badArguments(name, known.counts, args.length));
    return [];
  }
  const found = known.run(args, field);
  if (!('problem' in found)) return [...found];
  errors.push(found.problem);
  return [];
}
