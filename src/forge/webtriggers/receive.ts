/** The public doors: what partners and, in the directory's installation, other sites post. Both store and wake, no more. */
import { z } from 'zod';
import { receiveDirectoryMessage } from '#engine/directory/receive-directory-message';
import { receivePartnerMessage } from '#engine/receive-partner-message';
import { composePorts } from '../compose';

const requestSchema = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.array(z.string())).default({}),
  body: z.string().default(''),
});

interface WebtriggerAnswer {
  statusCode: number;
  headers: Record<string, string[]>;
  body: string;
}

export async function receivePartner(request: unknown): Promise<WebtriggerAnswer> {
  return receive(request, (body, headers) => receivePartnerMessage(composePorts(), { body, headers }));
}

export async function receiveDirectory(request: unknown): Promise<WebtriggerAnswer> {
  return receive(request, (body) => receiveDirectoryMessage(composePorts(), { body }));
}

type Door = (body: string, headers: Record<string, string[]>) => Promise<{ status: number; body: string }>;

/** Whatever is not a POST of text is answered like anything else that is unknown. */
async function receive(request: unknown, door: Door): Promise<WebtriggerAnswer> {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success || parsed.data.method !== 'POST') return answer(404, '');
  try {
    const { status, body } = await door(parsed.data.body, parsed.data.headers);
    return answer(status, body);
  } catch (error) {
    // The sender keeps its copy and tries again. Never log what came in.
    console.error(
      'A message could not be taken in.',
      error instanceof Error ? error.stack : 'No error object.',
    );
    return answer(503, '');
  }
}

function answer(statusCode: number, body: string): WebtriggerAnswer {
  return { statusCode, headers: { 'content-type': ['text/plain; charset=utf-8'] }, body };
}
