/** The partner webtrigger's door: cheap checks first, then whoever the message is for. */
import { protocolVersion } from '#core/protocol/envelope';
import { type Outer, outerSchema } from '#core/protocol/handshake';
import { hashText } from '#core/protocol/hash';
import { onRange } from './attachments/on-range';
import { onGoodbyeMessage } from './connect/on-goodbye';
import { isAtHome } from './epoch/at-home';
import { onHello } from './inviter/on-hello';
import { onJoin } from './inviter/on-join';
import { onReject } from './inviter/on-reject';
import { onIntroduce, onInvite } from './joiner/on-invite';
import { onWelcome } from './joiner/on-welcome';
import { onWithdrawn } from './joiner/on-withdrawn';
import type { Ports } from './ports/ports';
import { receiveEnvelope } from './receive-envelope';
import { recordActivityOnce } from './record-activity';
import type { Connection } from './rows/connection';
import { readConnection } from './update-connection';

/** Characters; larger bodies are refused before they are parsed. */
const longestBody = 2_100_000;

export interface PartnerRequest {
  headers: Record<string, string[]>;
  body: string;
}

export interface PartnerAnswer {
  status: number;
  body: string;
}

/** Whatever is unknown or wrong gets this: a stranger learns nothing from it, not even that a connection exists. */
const nothing: PartnerAnswer = { status: 404, body: '' };

/** Never throws for what a stranger sends and never writes its content down. */
export async function receivePartnerMessage(ports: Ports, request: PartnerRequest): Promise<PartnerAnswer> {
  const outer = parseOuter(request.body);
  if (outer === undefined) return nothing;
  if (outer.kind === 'invite') return answer(await onInvite(ports, outer.link, outer.sealed ?? ''));
  const row = await readConnection(ports, outer.link);
  if (row === undefined) return nothing;
  // A copy of the site answers nobody.
  if (row.home !== undefined && !(await isAtHome(ports, row))) return nothing;
  if (outer.kind === 'stream') return receiveStream(ports, row, outer.sealed ?? '');
  const answered = await dispatch(ports, row, outer);
  if (answered.status === 404) await noteRefused(ports, row, outer.kind);
  return answered;
}

async function receiveStream(ports: Ports, row: Connection, sealed: string): Promise<PartnerAnswer> {
  if (row.phase !== 'joined') return nothing;
  return receiveEnvelope(ports, row, sealed);
}

async function dispatch(ports: Ports, row: Connection, outer: Outer): Promise<PartnerAnswer> {
  const sealed = outer.sealed ?? '';
  switch (outer.kind) {
    case 'hello': {
      const hello = outer.nonce === undefined ? undefined : await onHello(ports, row, outer.nonce);
      return answer(hello && JSON.stringify(hello));
    }
    case 'join':
      return answer(await onJoin(ports, row, sealed));
    case 'welcome':
      return answer(await onWelcome(ports, row, sealed));
    case 'introduce':
      return answer(await onIntroduce(ports, row, sealed));
    case 'reject':
      return noted(sealed, await onReject(ports, row, sealed));
    case 'withdrawn':
      return noted(sealed, await onWithdrawn(ports, row, sealed));
    case 'range':
      return answer(await onRange(ports, row, sealed));
    case 'goodbye':
      return noted(sealed, await onGoodbyeMessage(ports, row, sealed));
    default:
      return nothing;
  }
}

/** One line an hour and kind: a flood must not fill the log. Ended connections keep quiet. */
async function noteRefused(ports: Ports, row: Connection, kind: Outer['kind']): Promise<void> {
  if (row.phase === 'deleted' || row.phase === 'rejected') return;
  await recordActivityOnce(ports, row.id, `refused-${kind}`, {
    level: 'warning',
    text: `A message (${kind}) came in that is not from the partner or does not fit. It was refused and changed nothing.`,
  });
}

function parseOuter(body: string): Outer | undefined {
  if (body.length > longestBody) return undefined;
  try {
    const parsed = outerSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function answer(body: string | undefined): PartnerAnswer {
  return body === undefined ? nothing : { status: 200, body };
}

/** The receipt of a parcel names what was received by its hash. */
function noted(sealed: string, taken: boolean): PartnerAnswer {
  return taken
    ? { status: 200, body: JSON.stringify({ v: protocolVersion, kind: 'noted', of: hashText(sealed) }) }
    : nothing;
}
