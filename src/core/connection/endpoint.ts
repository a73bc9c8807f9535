/** Endpoint: the address of a partner's app. Only addresses of Forge webtriggers are ever called. */

const webtrigger = /^https:\/\/[0-9a-f-]{36}\.webtrigger\.atlassian\.app\/public\/[A-Za-z0-9_-]{1,200}$/;

/** True for the address of a webtrigger; anything else (another host, a port, a path trick) is never called. */
export function isEndpoint(text: string): boolean {
  return webtrigger.test(text);
}
