/**
 * `npm run audit:verify -- mine.jsonl [theirs.jsonl]`: checks exported audit logs, names the first broken entry, and compares what
 * both sites tell. Exits with 1 unless all is well.
 */
import { readFileSync } from 'node:fs';
import { compareAudits } from '#core/audit/compare-audits';
import { type Verified, verifyAudit } from '#core/audit/verify-audit';

const [mine, theirs, ...others] = process.argv.slice(2);
if (mine === undefined || others.length > 0) {
  console.error('Give the file of one site, or the files of both.');
  process.exit(2);
}
const files = [mine, ...(theirs === undefined ? [] : [theirs])].map((path) => check(path));
const isWell = files.every(({ ok }) => ok) && compare(files);
process.exit(isWell ? 0 : 1);

function check(path: string): Verified {
  const verified = verifyAudit(readFileSync(path, 'utf8'));
  if (verified.ok) {
    const { admin, sync, out, in: received } = verified.counts;
    const entries = `${admin} entries of admins, ${sync} of what travelled`;
    console.log(`${path}: whole. ${entries}; messages: ${out} sent, ${received} received.`);
    return verified;
  }
  const { line, entry, why } = verified;
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(entry === undefined ? [] : [`entry ${entry.n} of lane ${entry.lane}`]),
  ].join(', ');
  console.log(`${path}: BROKEN${place === '' ? '' : ` at ${place}`}. ${why}`);
  return verified;
}

function compare([one, other]: readonly Verified[]): boolean {
  if (one?.ok !== true || other?.ok !== true) return true;
  const compared = compareAudits(one.file, other.file);
  if (compared.ok) {
    const { there, back } = compared;
    const underWay = there.underWay + back.underWay;
    console.log(
      `Both sites tell the same of ${there.alike + back.alike} messages; ${underWay} were still on their way.`,
    );
    return true;
  }
  const { from, ep, seq, why } = compared;
  const epoch = ep === undefined ? '' : ` of epoch ${ep}`;
  const place = seq === undefined ? '' : ` in message ${seq}${epoch} from the ${from}`;
  console.log(`The sites DIFFER${place}. ${why}`);
  return false;
}
