/** Inbox row: one batch as it came out of the seal, until it is applied. */
import { z } from 'zod';

/** `body`: JSON text of the operations; checked by its schema when it is applied. */
export const inboxSchema = z.object({ body: z.string() });
