// A minimal S3 server in memory on loopback, with PutObject, GetObject and HeadObject.
import { createServer } from 'node:http';

export async function fakeS3() {
  const objects = new Map();
  const server = createServer(async (request, response) => {
    const key = decodeURIComponent(request.url.split('?')[0].slice(1));
    const found = objects.get(key);
    if (request.method === 'PUT') {
      const parts = [];
      for await (const part of request) parts.push(part);
      objects.set(key, { body: Buffer.concat(parts), mark: request.headers['x-amz-meta-chromask-recipe'] });
      response.writeHead(200, { etag: '"1"' }).end();
    } else if (!found) {
      const xml =
        '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>';
      response.writeHead(404, { 'content-type': 'application/xml' }).end(request.method === 'HEAD' ? '' : xml);
    } else {
      const headers = { 'content-length': found.body.length };
      if (found.mark) headers['x-amz-meta-chromask-recipe'] = found.mark;
      response.writeHead(200, headers).end(request.method === 'HEAD' ? '' : found.body);
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const url = (name) => `s3://${name}?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1&pathStyle`;
  return { objects, url, close: () => server.close() };
}
