// Requests of the emulator's own pages to the server that served them.

/** POSTs JSON and gives the JSON of the answer; throws with the server's message. */
export async function postJson(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-emulator-page': '1' },
    body: JSON.stringify(body),
  });
  const answer = await response
    .json()
    .catch(() => ({ message: `${response.status} ${response.statusText}` }));
  if (!response.ok) {
    throw new Error(answer.message ?? `${response.status} ${response.statusText}`);
  }
  return answer;
}
