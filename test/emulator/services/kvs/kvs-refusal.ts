/** A request the store refuses, with the status, code and text the platform gives. */
export class KvsRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'KvsRefusal';
    this.status = status;
    this.code = code;
  }
}

/** Codes and texts marked `measured` in limits.ts' sense; the wording of the rest is ours. */
export const refusals = {
  keyNotFound: () => new KvsRefusal(404, 'KEY_NOT_FOUND', 'Provided key does not exist'),
  schemaNotFound: () => new KvsRefusal(404, 'SCHEMA_NOT_FOUND', 'The schema provided does not exist'),
  keyConflict: () =>
    new KvsRefusal(409, 'KEY_CONFLICT', 'Provided key already exists and cannot be overwritten'),
  conditionFailed: () =>
    new KvsRefusal(
      400,
      'CONDITIONAL_CHECK_FAILED',
      'Request failed due to conditional check specified or optimistic locking',
    ),
  unprocessable: () =>
    new KvsRefusal(
      422,
      'UNPROCESSABLE_ENTITY',
      'Request cannot be processed due to one or more semantic errors',
    ),
  duplicateKey: () => new KvsRefusal(400, 'KEY_DUPLICATION_ERROR', 'Duplicate key found in request'),
  wrongType: (attribute: string, type: string) =>
    new KvsRefusal(
      400,
      'INCORRECT_PROPERTY_TYPE',
      `Data type for property "${attribute}" is defined as "${type}"`,
    ),
  invalidRequest: (message: string) => new KvsRefusal(400, 'INVALID_REQUEST', message),
  rateLimited: (what: string) =>
    new KvsRefusal(429, 'RATE_LIMIT_EXCEEDED', `Rate limit exceeded for this installation: ${what}`),
};
