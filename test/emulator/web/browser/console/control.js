// The emulator's control API.

async function call(path, init) {
  const response = await fetch(`/__emulator${path}`, init);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error ?? `${response.status} ${response.statusText}`);
  }
  return body;
}

export const control = {
  get: (path) => call(path),
  post: (path, body) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
};
