/** Says in words what the verifier found in the logs of both sites. */
import { type Compared, compareAudits } from '../../../../../src/core/audit/compare-audits';
import { type Verified, verifyAudit } from '../../../../../src/core/audit/verify-audit';

export interface Comparison {
  tone: 'success' | 'warning' | 'error';
  title: string;
  text: string;
}

export function compareLogs(mine: string, theirs: string, partner: string): Comparison {
  const ours = verifyAudit(mine);
  if (!ours.ok) return broken('Our log was changed', ours, 'Keep the file, and look at older exports.');
  const other = verifyAudit(theirs);
  const next = `Ask ${partner} for a new export, made with For the partner.`;
  if (!other.ok) return broken(`The file of ${partner} is not whole`, other, next);
  const compared = compareAudits(ours.file, other.file);
  return compared.ok ? same(compared) : differs(compared, ours.file.header.role, partner);
}

type Broken = Extract<Verified, { ok: false }>;

function broken(title: string, { why, line, entry }: Broken, next: string): Comparison {
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(entry === undefined ? [] : [`entry ${entry.n}`]),
  ];
  const where = places.length === 0 ? '' : ` at ${places.join(', ')}`;
  return { tone: 'error', title: `${title}${where}`, text: `${why} ${next}` };
}

function same({ there, back }: Extract<Compared, { ok: true }>): Comparison {
  const alike = (there.alike + back.alike).toLocaleString('en');
  const underWay = there.underWay + back.underWay;
  const rest =
    underWay === 0
      ? 'None was on its way.'
      : `${underWay.toLocaleString('en')} newer ones were still on their way when a log was exported.`;
  return {
    tone: 'success',
    title: `Both sites tell the same of ${alike} messages`,
    text: `${there.alike.toLocaleString('en')} of ours and ${back.alike.toLocaleString('en')} of theirs. ${rest}`,
  };
}

function differs(
  { from, seq, why }: Extract<Compared, { ok: false }>,
  role: 'primary' | 'secondary',
  partner: string,
): Comparison {
  if (seq === undefined) return { tone: 'error', title: 'These logs do not belong together', text: why };
  const whose = from === role ? 'ours' : partner;
  return {
    tone: 'error',
    title: `The logs differ at message ${seq.toLocaleString('en')} of ${whose}`,
    text: `${why} All before it is the same. If a site was put back from a backup, its log lacks what it had forgotten; otherwise one of the logs was changed.`,
  };
}
