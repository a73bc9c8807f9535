/** Forge's limits that the host has to respect, each with its source. */

/** Keys per KVS transaction (developer.atlassian.com, KVS transactions). */
export const transactionOperations = 25;
/** Largest page of a KVS query. */
export const queryPage = 100;
/** Longest delay of an async event, seconds (@forge/events refuses more). */
export const longestDelaySeconds = 900;
/** A partner's answer is a sealed acknowledgement, or part of a file; a webtrigger answers with 5 MB at most. */
export const longestAnswerBytes = 5_000_000;
