/** The partner asks which of these could be pairs. Answered only as far as this site's admin allows; nothing is made. */
import type { ControlOperation } from '#core/protocol/operations';
import type { PairingRefusal } from '#core/protocol/pairing-operations';
import { type Agreement, readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import { postControl } from '../post-control';
import { recordActivityOnce } from '../record-activity';
import type { Connection } from '../rows/connection';
import type { PairingWay } from '../rows/pairing';
import { readBox } from '../stream/rows';
import { byValue, hasPair, readByKey, searchAll, standing } from './candidates';

type Ask = Extract<ControlOperation, { op: 'pair.ask' }>;
type Answer = Extract<ControlOperation, { op: 'pair.answer' }>['answers'][number];
type Finder = (asked: Ask['pairs'][number]) => IssueRead | PairingRefusal;

/** A repeat is answered anew: what is here may have changed. */
export async function onPairAsk(ports: Ports, connection: Connection, operation: Ask): Promise<void> {
  const { job, part, pairs } = operation;
  const allow = connection.pairing?.allow;
  if (allow === undefined) await tellNotAllowed(ports, connection.id, job);
  const agreement = await readAgreement(ports, connection);
  const find = await finder(ports, agreement, allow, pairs);
  const { body: box } = await readBox(ports, connection.id);
  const answers: Answer[] = [];
  for (const asked of pairs) {
    const issue = find(asked);
    if (typeof issue === 'string') answers.push({ pair: asked.pair, no: issue });
    else {
      const no = await whyNot(ports, connection.id, box.salt, agreement, { asked, issue });
      answers.push(no === undefined ? { pair: asked.pair, key: issue.key } : { pair: asked.pair, no });
    }
  }
  await postControl(ports, connection.id, { op: 'pair.answer', job, part, answers });
}

async function finder(
  ports: Ports,
  agreement: Agreement,
  allow: PairingWay | undefined,
  pairs: Ask['pairs'],
): Promise<Finder> {
  if (allow === undefined) return () => 'notAllowed';
  if (allow.by === 'key') {
    const keys = pairs.flatMap(({ key }) => (key === undefined ? [] : [key.toUpperCase()]));
    const issues = await readByKey(ports, agreement, keys);
    if (!issues.ok) return () => 'unavailable';
    return ({ key }) =>
      key === undefined ? 'notAllowed' : (issues.value.get(key.toUpperCase()) ?? 'unknown');
  }
  const found = await searchAll(ports, agreement, allow);
  if (!found.ok) return () => 'unavailable';
  const values = byValue(found.value, allow.fieldId);
  return ({ value }) => {
    if (value === undefined) return 'notAllowed';
    const [issue, another] = values.get(value) ?? [];
    return another !== undefined ? 'twice' : (issue ?? 'unknown');
  };
}

async function whyNot(
  ports: Ports,
  connection: string,
  salt: string,
  agreement: Agreement,
  { asked, issue }: { asked: Ask['pairs'][number]; issue: IssueRead },
): Promise<PairingRefusal | undefined> {
  const stands = standing(agreement, issue);
  if (!stands.ok) return stands.no;
  if (stands.mapping !== asked.mapping || stands.type !== asked.type) return 'type';
  return (await hasPair(ports, connection, salt, issue.id)) ? 'paired' : undefined;
}

async function tellNotAllowed(ports: Ports, connection: string, job: string): Promise<void> {
  const text =
    'The partner would like to pair existing issues with issues of this site. That waits until you allow it.';
  await recordActivityOnce(ports, connection, `pairing-${job}`, { level: 'info', text });
}
