/** What the host sends to a function instance, and what comes back. The instance's half is `runtime/wrapper.cjs`. */
import { z } from 'zod';

export interface LambdaEvent {
  /** `file.export`. */
  handler: string;
  variables: { key: string; value: string }[];
  body: { payload: unknown; context: unknown };
  _meta: {
    /** Seconds. */
    timeout: number;
    /** How much of what it writes is kept. */
    log: { maxLines: number; maxBytes: number };
    token: string;
    contextAri: string;
    runtimeName: string;
    accountId?: string;
    tracing: { traceId: string; spanId: string };
    appContext: Record<string, unknown> & { invocationId: string };
  };
}

export const lambdaAnswerSchema = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), body: z.unknown().optional() }),
  z.object({
    success: z.literal(false),
    error: z.object({ errorMessage: z.string(), errorType: z.string(), stack: z.array(z.string()) }),
  }),
]);
export type LambdaAnswer = z.infer<typeof lambdaAnswerSchema>;

export const logLineSchema = z.object({
  invocationId: z.string().nullable(),
  logLevel: z.number(),
  logArguments: z.array(z.unknown()),
  cut: z.boolean().optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;
