/** Reads the body of a request: JSON or uploaded files. */
import { refuse } from './problem';

export interface Upload {
  filename: string;
  mimeType: string;
  bytes: Uint8Array;
}

/** The parsed body; 400 when it cannot be read, 415 for another content type. */
export async function readBody(request: Request): Promise<{ body: unknown; uploads: Upload[] }> {
  if (request.method === 'GET' || request.method === 'HEAD') return { body: undefined, uploads: [] };
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('multipart/form-data')) return { body: undefined, uploads: await readUploads(request) };
  const text = await request.text();
  if (text === '') return { body: undefined, uploads: [] };
  if (type !== '' && !/json/.test(type)) throw refuse(415, 'Unsupported Media Type');
  try {
    return { body: JSON.parse(text), uploads: [] };
  } catch {
    throw refuse(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}

async function readUploads(request: Request): Promise<Upload[]> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw refuse(400, 'The multipart body could not be read.');
  }
  const uploads: Upload[] = [];
  for (const part of form.getAll('file')) {
    if (typeof part === 'string') continue;
    uploads.push({
      filename: part.name,
      mimeType: part.type === '' ? 'application/octet-stream' : part.type,
      bytes: new Uint8Array(await part.arrayBuffer()),
    });
  }
  return uploads;
}
