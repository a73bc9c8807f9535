/** Errors of the engine: an expected refusal is told to the admin in its own words; everything else is a bug. */

/** Same codes as the api's CallError, so that a resolver hands them on unchanged. */
export type RefusalCode = 'invalid' | 'forbidden' | 'notFound' | 'notPossible' | 'conflict' | 'unavailable';

/** An expected refusal. `message` says what happened and what to do; `fields`: messages by request field, for forms. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly fields: Record<string, string> | undefined;

  constructor(code: RefusalCode, message: string, fields?: Record<string, string>) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.fields = fields;
  }
}
