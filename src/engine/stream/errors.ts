/** Ways in which a worker finds out that it must stop. */

/** Somebody else holds the lease now: nothing of what was staged may be written. */
export class LeaseLost extends Error {
  constructor(connection: string) {
    super(`Connection ${connection}: another worker has taken over.`);
    this.name = 'LeaseLost';
  }
}

/** A row changed under a worker that holds the lease; what was staged is dropped and has to be looked at again. */
export class RowsChanged extends Error {
  constructor(connection: string) {
    super(`Connection ${connection}: rows were changed by somebody without the lease.`);
    this.name = 'RowsChanged';
  }
}
