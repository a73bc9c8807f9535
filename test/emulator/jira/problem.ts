/** A refusal in Jira's words: thrown anywhere in a request, answered once by the router. */

export interface ErrorCollection {
  errorMessages: string[];
  errors: Record<string, string>;
}

export class Problem extends Error {
  readonly status: number;
  readonly body: ErrorCollection;
  readonly headers: Record<string, string>;

  constructor(status: number, body: ErrorCollection, headers: Record<string, string> = {}) {
    super(body.errorMessages[0] ?? JSON.stringify(body.errors));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A refusal with one general message. */
export function refuse(status: number, message: string, headers: Record<string, string> = {}): Problem {
  return new Problem(status, { errorMessages: [message], errors: {} }, headers);
}

/** A 400 that names the fields which are wrong. */
export function refuseFields(errors: Record<string, string>): Problem {
  return new Problem(400, { errorMessages: [], errors });
}

/** The one answer for an issue that is not there and for one that the caller may not see. */
export function noSuchIssue(): Problem {
  return refuse(404, 'Issue does not exist or you do not have permission to see it.');
}
