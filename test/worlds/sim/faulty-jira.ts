/** Jira as the app meets it in a random world: it limits, fails, refuses, does things without saying so, or does them late. */
import type { IssueRead, LocalFields, Site } from '#engine/ports/site';
import type { SiteFailure, SiteResult } from '#engine/ports/site-result';
import type { World } from '../world';
import type { Counts } from './counts';
import type { Invocation } from './faults';
import type { Ledger } from './ledger';
import type { Word } from './ledger-words';
import type { Place } from './place';
import type { Plan } from './plan';
import { slots } from './slots';

/** Requests in flight land within this time, milliseconds: less than the app waits before it looks for them. */
const mostLateMs = 13_000;

export interface Jira {
  world: World;
  ledger: Ledger;
  place: Place;
  plan: Plan;
  counts: Counts;
  /** Slot which this Jira refuses at present. */
  refused: string | undefined;
  /** Requests that Jira has got and not carried out. */
  inFlight: { at: number; land(): Promise<unknown> }[];
  /** What people do as soon as the app has read these issues. */
  afterRead?: (issueIds: readonly string[]) => Promise<void>;
  isCalm(): boolean;
  trace(line: string): void;
}

type Call = (...parameters: never[]) => Promise<SiteResult<unknown>>;

/** The port of one invocation. */
export function faultyJira(jira: Jira, invocation: Invocation): Site {
  return new Proxy(jira.place.port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) => {
        const make = () => (member as (...all: unknown[]) => ReturnType<Call>).apply(target, parameters);
        return call(jira, invocation, { name: String(name), parameters, make });
      };
    },
  });
}

interface Request {
  name: string;
  parameters: unknown[];
  make(): Promise<SiteResult<unknown>>;
}

/** Carries out what is due; to be called before anybody looks. */
export async function land(jira: Jira): Promise<void> {
  const now = jira.world.clock.now();
  const due = jira.inFlight.filter(({ at }) => at <= now);
  jira.inFlight = jira.inFlight.filter(({ at }) => at > now);
  for (const one of due) {
    jira.trace(`  ${jira.place.name} carries out a late request`);
    await one.land();
  }
}

async function call(jira: Jira, invocation: Invocation, request: Request): Promise<SiteResult<unknown>> {
  const { world, plan, counts } = jira;
  await land(jira);
  const roll = (probability: number) => !jira.isCalm() && probability > 0 && world.random.chance(probability);
  if (roll(plan.limited)) {
    counts.refusals += 1;
    return { ok: false, failure: passing(jira) };
  }
  const refusal = refusalOf(jira, request);
  if (refusal !== undefined) return { ok: false, failure: refusal };
  const isCreate = request.name.startsWith('create');
  const said = `${jira.place.name} ${request.name} ${JSON.stringify(request.parameters)}`;
  if (isCreate && roll(plan.late)) {
    counts.late += 1;
    jira.trace(`  later ${said}`);
    const at = world.clock.now() + world.random.below(mostLateMs);
    jira.inFlight.push({ at, land: () => request.make() });
    return { ok: false, failure: noAnswer };
  }
  const deleting = request.name === 'deleteIssue' ? String(request.parameters[0]) : '';
  const deleted = jira.place.tagOf(deleting);
  const answer = await request.make();
  if (deleted !== undefined && answer.ok) {
    counts.ends += 1;
    jira.ledger.appDeleted(jira.place.name, deleted, invocation.reads.get(deleting) ?? 0);
  }
  if (answer.ok && request.name.endsWith('Link')) counts.links += 1;
  const noting = note(jira, invocation, request, answer);
  if (noting !== undefined) await noting;
  jira.trace(`  ${said} = ${JSON.stringify(answer)}`);
  const read = answer.ok ? readBy(request, answer.value) : [];
  if (jira.afterRead !== undefined && read.length > 0) await jira.afterRead(read);
  if (roll(plan.lostAnswers)) {
    counts.losses += 1;
    return { ok: false, failure: noAnswer };
  }
  return answer;
}

function readBy({ name, parameters }: Pick<Request, 'name' | 'parameters'>, value: unknown): string[] {
  if (name === 'readIssue') return [String(parameters[0])];
  return name === 'readIssues' ? (value as IssueRead[]).map(({ id }) => id) : [];
}

const noAnswer: SiteFailure = { kind: 'unavailable', message: 'The connection was lost.' };

function passing({ world: { random } }: Jira): SiteFailure {
  if (random.chance(0.4)) return { kind: 'unavailable', message: 'Jira is not available.' };
  const quota = random.chance(0.1);
  const retryAfterMs = quota ? 600_000 : 5_000 + random.below(20_000);
  return { kind: 'limited', message: 'Rate limit exceeded.', retryAfterMs, quota };
}

function refusalOf(
  { refused, place: { facts } }: Jira,
  { name, parameters }: Request,
): SiteFailure | undefined {
  const fields = writtenFields(name, parameters);
  const slot = slots.find(({ id }) => id === refused);
  const fieldId = slot?.fieldId(facts) ?? '';
  if (fields === undefined || !(fieldId in fields)) return undefined;
  const message = `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;
  return { kind: 'invalid', message, fields: { [fieldId]: message } };
}

function writtenFields(name: string, parameters: unknown[]): LocalFields | undefined {
  if (name === 'createIssue') return (parameters[0] as { fields: LocalFields }).fields;
  return name === 'writeIssue' ? (parameters[1] as LocalFields) : undefined;
}

/** For the ledger: what was read when, and what the app wrote. */
function note(
  { ledger, place }: Jira,
  invocation: Invocation,
  { name, parameters }: Pick<Request, 'name' | 'parameters'>,
  answer: SiteResult<unknown>,
): Promise<void> | undefined {
  if (!answer.ok) return undefined;
  const readAt = (issueId: string) => invocation.reads.get(issueId) ?? 0;
  for (const id of readBy({ name, parameters }, answer.value)) invocation.reads.set(id, ledger.now);
  const issueId = String(parameters[0]);
  if (name === 'writeIssue') {
    for (const [fieldId, raw] of Object.entries(parameters[1] as LocalFields)) {
      const slot = slots.find((one) => one.fieldId(place.facts) === fieldId);
      if (slot !== undefined) wrote(issueId, slot.id, slot.toWord(raw, place.facts));
    }
  }
  if (name !== 'transition') return undefined;
  const status = place.statusOf(issueId);
  if (status instanceof Promise) return status.then((word) => wrote(issueId, 'status', word));
  wrote(issueId, 'status', status);
  return undefined;

  function wrote(issue: string, slot: string, word: Word): void {
    const tag = place.tagOf(issue);
    if (tag !== undefined) ledger.appWrote({ site: place.name, tag, slot, word }, readAt(issue));
  }
}
