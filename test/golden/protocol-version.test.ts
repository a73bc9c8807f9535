/** Tripwire: a changed schema is a changed protocol. Bump the version, or say here why old partners still understand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { rangeAnswerSchema, rangeRequestSchema } from '#core/protocol/attachment-operations';
import { claimSchema, directoryRequestSchema, resolvedSchema } from '#core/protocol/directory';
import {
  chainNext,
  chainStart,
  envelopeSchema,
  parseBody,
  parseEnvelope,
  protocolVersion,
} from '#core/protocol/envelope';
import {
  confirmSchema,
  goodbyeSchema,
  helloAnswerSchema,
  inviteAnswerSchema,
  inviteSchema,
  joinAnswerSchema,
  joinSchema,
  notedSchema,
  outerSchema,
  rejectSchema,
  welcomeSchema,
  withdrawnSchema,
} from '#core/protocol/handshake';
import { hashText } from '#core/protocol/hash';
import { operationSchema } from '#core/protocol/operations';

const schemas = {
  envelopeSchema,
  operationSchema,
  outerSchema,
  helloAnswerSchema,
  joinSchema,
  joinAnswerSchema,
  welcomeSchema,
  confirmSchema,
  rejectSchema,
  inviteSchema,
  inviteAnswerSchema,
  withdrawnSchema,
  goodbyeSchema,
  notedSchema,
  directoryRequestSchema,
  claimSchema,
  resolvedSchema,
  rangeRequestSchema,
  rangeAnswerSchema,
};

/** Hash of all schemas of a version. A new optional member may keep the version: older partners leave it out. */
const known: Record<number, string> = { 1: 'fa11b8666592dcc5' };

describe('protocol', () => {
  test('the schemas are those of this version', () => {
    const text = Object.entries(schemas)
      .map(([name, schema]) => `${name} ${JSON.stringify(z.toJSONSchema(schema))}`)
      .join('\n');
    expect({ version: protocolVersion, hash: hashText(text).slice(0, 16) }).toEqual({
      version: protocolVersion,
      hash: known[protocolVersion],
    });
  });
});

interface Transcript {
  link: string;
  epoch: string;
  /** Envelopes of one direction, as sealed texts contain them, in order. */
  envelopes: string[];
  /** Handshake messages by the name of their schema. */
  handshake: Record<string, unknown>;
}

const folder = join(__dirname, 'transcripts');

describe.each(readdirSync(folder))('transcript %s', (file) => {
  const transcript = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Transcript;

  test('every envelope is still read, and its chain fits', () => {
    let chain = chainStart(transcript.link, transcript.epoch);
    let operations = 0;
    for (const text of transcript.envelopes) {
      const parsed = parseEnvelope(text);
      if (!parsed.ok) throw new Error(`${parsed.why}: ${text.slice(0, 100)}`);
      const entries = parseBody(parsed.envelope.body) ?? [];
      expect(entries.every((entry) => entry.known)).toBe(true);
      operations += entries.length;
      if (parsed.envelope.kind === 'batch') chain = chainNext(chain, parsed.envelope.body);
      expect(parsed.envelope.ch).toBe(chain);
    }
    expect(operations).toBeGreaterThan(10);
  });

  test('every handshake message is still read', () => {
    const entries = Object.entries(transcript.handshake);
    expect(entries.length).toBeGreaterThan(8);
    for (const [name, message] of entries) {
      const schema = schemas[name as keyof typeof schemas];
      expect(schema.safeParse(message).error).toBeUndefined();
    }
  });
});
